//! Macros for those who write a stage. `docmill-core` re-exports them and documents their use.

mod layer;
mod settings;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct a layer: what the output shows of it, and how its positions move.
///
/// The layer is called as its type in `snake_case`; `#[layer(name = "other")]` says otherwise. A layer of
/// one field with `#[layer(transparent)]` is shown as that field: a list, say, instead of an object with a list. Each field is shown as
/// `docmill_core::ShowField` says: a `Span` in the output's unit with its text,
/// others as they are. A field `span` of an item is flattened into its object. If every field is a list, the layers of a
/// long document's windows are joined by appending the lists.
#[proc_macro_derive(Layer, attributes(layer))]
pub fn derive_layer(input: TokenStream) -> TokenStream {
    layer::layer(&parse_macro_input!(input as DeriveInput))
        .unwrap_or_else(|error| error.to_compile_error())
        .into()
}

/// Makes a struct an item of a layer, shown as [`macro@Layer`] says.
#[proc_macro_derive(LayerItem, attributes(layer))]
pub fn derive_layer_item(input: TokenStream) -> TokenStream {
    layer::item(&parse_macro_input!(input as DeriveInput))
        .unwrap_or_else(|error| error.to_compile_error())
        .into()
}

/// Makes a struct the settings of a stage: read from its table in a configuration, with a JSON Schema. An empty table is
/// valid (the struct's `Default`), a key that does not exist is an error.
#[proc_macro_attribute]
pub fn settings(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    settings::settings(&item.into()).into()
}
