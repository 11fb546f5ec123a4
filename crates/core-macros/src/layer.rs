//! `#[derive(Layer)]` and `#[derive(LayerItem)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Data, DeriveInput, Error, Field, Fields, Ident, LitStr, Result, Type};

/// A struct with named fields.
struct Shape<'i> {
    input: &'i DeriveInput,
    fields: Vec<(&'i Ident, &'i Field)>,
    /// Name of the struct that the output shows.
    record: Ident,
}

impl<'i> Shape<'i> {
    fn new(input: &'i DeriveInput) -> Result<Self> {
        let refuse = |what: &str| Error::new_spanned(&input.ident, what);
        let Data::Struct(data) = &input.data else { return Err(refuse("a layer is a struct")) };
        let Fields::Named(named) = &data.fields else { return Err(refuse("a layer has named fields")) };
        if !input.generics.params.is_empty() {
            return Err(refuse("a layer has no type parameters"));
        }
        let fields = named.named.iter().filter_map(|field| Some((field.ident.as_ref()?, field))).collect();
        Ok(Self { input, fields, record: format_ident!("{}Record", input.ident) })
    }

    /// The struct that the output shows.
    fn record_struct(&self) -> TokenStream {
        let (record, visibility) = (&self.record, &self.input.vis);
        let struct_docs = docs(&self.input.attrs);
        let fields = self.fields.iter().map(|(name, field)| {
            let (docs, visibility, kind) = (docs(&field.attrs), &field.vis, &field.ty);
            let flat = is_flat(name, kind).then(|| quote!(#[serde(flatten)]));
            quote! { #(#docs)* #flat #visibility #name: <#kind as ::docmill_core::ShowField>::Record }
        });
        quote! {
            #(#struct_docs)*
            #[derive(Debug, Clone, ::docmill_core::serde::Serialize, ::docmill_core::schemars::JsonSchema)]
            #[serde(crate = "::docmill_core::serde")]
            #[schemars(crate = "::docmill_core::schemars")]
            #visibility struct #record { #(#fields),* }
        }
    }

    /// The value that the output shows of `self`.
    fn show(&self) -> TokenStream {
        let record = &self.record;
        let names: Vec<&Ident> = self.fields.iter().map(|(name, _)| *name).collect();
        quote! { #record { #(#names: ::docmill_core::ShowField::show(&self.#names, view)),* } }
    }

    /// Moves the positions of every field.
    fn rebase(&self) -> TokenStream {
        let names = self.fields.iter().map(|(name, _)| *name);
        quote! { #(::docmill_core::ShowField::rebase(&mut self.#names, offsets);)* }
    }
}

/// What `#[layer(...)]` says.
#[derive(Default)]
struct Options {
    name: Option<String>,
    transparent: bool,
}

pub fn layer(input: &DeriveInput) -> Result<TokenStream> {
    let shape = Shape::new(input)?;
    let options = options(&input.attrs)?;
    let name = &input.ident;
    let key = options.name.unwrap_or_else(|| snake_case(&name.to_string()));
    let rebase = shape.rebase();
    let joins = !shape.fields.is_empty() && shape.fields.iter().all(|(_, field)| is_list(&field.ty));
    let lists = shape.fields.iter().map(|(name, _)| *name);
    let append =
        joins.then(|| quote! { fn append(&mut self, next: Self) { #(self.#lists.extend(next.#lists);)* } });
    let (record_struct, record, show) = match &shape.fields[..] {
        [(field, Field { ty, .. })] if options.transparent => (
            TokenStream::new(),
            quote!(<#ty as ::docmill_core::ShowField>::Record),
            quote!(::docmill_core::ShowField::show(&self.#field, view)),
        ),
        _ if options.transparent => {
            return Err(Error::new_spanned(name, "a transparent layer has one field"));
        }
        _ => {
            let record = &shape.record;
            (shape.record_struct(), quote!(#record), shape.show())
        }
    };
    Ok(quote! {
        #record_struct
        impl ::docmill_core::Layer for #name {
            const NAME: &'static str = #key;
            const JOINS: bool = #joins;
            type Record = #record;
            fn record(&self, view: &::docmill_core::View<'_>) -> Self::Record { #show }
            fn rebase(&mut self, offsets: &::docmill_core::MergeOffsets) { #rebase }
            #append
        }
    })
}

pub fn item(input: &DeriveInput) -> Result<TokenStream> {
    let shape = Shape::new(input)?;
    let (name, record) = (&input.ident, &shape.record);
    let (record_struct, show, rebase) = (shape.record_struct(), shape.show(), shape.rebase());
    Ok(quote! {
        #record_struct
        impl ::docmill_core::ShowField for #name {
            type Record = #record;
            fn show(&self, view: &::docmill_core::View<'_>) -> #record { #show }
            fn rebase(&mut self, offsets: &::docmill_core::MergeOffsets) { #rebase }
        }
    })
}

fn options(attributes: &[Attribute]) -> Result<Options> {
    let mut options = Options::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("layer")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("name") {
                options.name = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if meta.path.is_ident("transparent") {
                options.transparent = true;
            } else {
                return Err(meta.error("write #[layer(name = \"...\", transparent)]"));
            }
            Ok(())
        })?;
    }
    Ok(options)
}

fn docs(attributes: &[Attribute]) -> Vec<&Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).collect()
}

/// True for `span: Span`, which stands flat in its object, as the spans of docmill's own layers do.
fn is_flat(name: &Ident, kind: &Type) -> bool {
    name == "span" && last_segment(kind).is_some_and(|segment| segment == "Span")
}

fn is_list(kind: &Type) -> bool {
    last_segment(kind).is_some_and(|segment| segment == "Vec")
}

fn last_segment(kind: &Type) -> Option<&Ident> {
    match kind {
        Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        _ => None,
    }
}

/// `WatchList` to `watch_list`.
fn snake_case(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 4);
    for (i, letter) in name.char_indices() {
        if letter.is_uppercase() && i > 0 {
            key.push('_');
        }
        key.extend(letter.to_lowercase());
    }
    key
}
