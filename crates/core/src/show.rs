//! How the fields of a derived layer are shown.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{MergeOffsets, Span, SpanRecord, View};

/// How a value in a layer is shown in the output, and how it moves when the windows of a long document are joined.
///
/// `#[derive(Layer)]` asks this of each field. Derive it for your own structs with `#[derive(LayerItem)]`.
pub trait ShowField {
    /// What the output shows.
    type Record: Serialize + JsonSchema;
    /// Turns the value into what the output shows.
    fn show(&self, view: &View<'_>) -> Self::Record;
    /// Moves positions from window to document coordinates.
    fn rebase(&mut self, offsets: &MergeOffsets) {
        let _ = offsets;
    }
}

impl ShowField for Span {
    type Record = SpanRecord;

    fn show(&self, view: &View<'_>) -> SpanRecord {
        view.span(*self)
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        *self = offsets.span(*self);
    }
}

impl<T: ShowField> ShowField for Vec<T> {
    type Record = Vec<T::Record>;

    fn show(&self, view: &View<'_>) -> Self::Record {
        self.iter().map(|item| item.show(view)).collect()
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        for item in self {
            item.rebase(offsets);
        }
    }
}

impl<T: ShowField> ShowField for Option<T> {
    type Record = Option<T::Record>;

    fn show(&self, view: &View<'_>) -> Self::Record {
        self.as_ref().map(|item| item.show(view))
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        if let Some(item) = self {
            item.rebase(offsets);
        }
    }
}

impl ShowField for Arc<str> {
    type Record = String;

    fn show(&self, _view: &View<'_>) -> String {
        self.to_string()
    }
}

/// Values that are shown as they are.
macro_rules! as_it_is {
    ($($kind:ty),*) => {$(
        impl ShowField for $kind {
            type Record = $kind;

            fn show(&self, _view: &View<'_>) -> $kind {
                self.clone()
            }
        }
    )*};
}

as_it_is!(String, bool, char, u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, f32, f64);
