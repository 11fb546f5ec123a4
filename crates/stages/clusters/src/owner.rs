//! The state whose an organization is by the words around it.

use docmill_core::Span;

use crate::context::{Context, is_possessive};
use crate::fold::{acronym, words};
use crate::states::States;

/// A state beside a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owner {
    /// Index of the state.
    pub state: u16,
    /// The name with the state.
    pub span: Span,
}

/// `Tajik` or `Tajikistan's` before a mention, or `of Tajikistan` after it.
pub(crate) fn owner(scene: &Context<'_>, mention: usize) -> Option<Owner> {
    let around = scene.around(mention);
    let span = scene.entities[mention].span;
    let found = |from: Option<Span>, to: Option<Span>| {
        let beside = from?.cover(to?);
        let name = beside.slice(scene.text).filter(|name| !name.starts_with("The "))?;
        let state = States::shipped().modifier(&words(name).join(" "), acronym(name).as_deref());
        Some(Owner {
            state: state.filter(|_| name.starts_with(char::is_uppercase))?,
            span: span.cover(beside),
        })
    };
    // Two words first: `South Korean`.
    let skip = usize::from(is_possessive(around.before(0)));
    let before =
        [1, 0].into_iter().find_map(|n| found(around.before_span(skip + n), around.before_span(skip)));
    before.or_else(|| {
        let skip = 1 + usize::from(around.after(1) == "the");
        let of = around.after(0) == "of";
        let after =
            || [1, 0].into_iter().find_map(|n| found(around.after_span(skip), around.after_span(skip + n)));
        of.then(after).flatten()
    })
}
