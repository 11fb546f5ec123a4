//! `#[settings]`.

use proc_macro2::TokenStream;
use quote::quote;

pub fn settings(item: &TokenStream) -> TokenStream {
    quote! {
        #[derive(Debug, ::docmill_core::serde::Deserialize, ::docmill_core::schemars::JsonSchema)]
        #[serde(crate = "::docmill_core::serde", default, deny_unknown_fields)]
        #[schemars(crate = "::docmill_core::schemars")]
        #item
    }
}
