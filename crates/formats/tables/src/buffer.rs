//! The values of a row group, column by column, until it is written.
//!
//! Parquet has each column of a group in one piece, so that a group is in memory before any of it is written.

use docmill_dates::Date;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::writer::SerializedColumnWriter;

use crate::{Cell, Kind};

/// One leaf of the schema: values, and where they are null or lists.
pub(crate) struct Leaf {
    values: Values,
    /// For each place: 0 null or an empty list, 1 a value. What Parquet calls definition levels.
    defined: Vec<i16>,
    /// In lists, for each place: 0 the first of a row, 1 a later one. Repetition levels.
    repeated: Option<Vec<i16>>,
}

enum Values {
    /// Texts one after another, and where each ends.
    Text(Vec<u8>, Vec<usize>),
    Days(Vec<i32>),
    Integers(Vec<i64>),
    Doubles(Vec<f64>),
    Booleans(Vec<bool>),
}

impl Leaf {
    /// The leaves of a column, empty.
    pub fn of(kind: Kind) -> Vec<Self> {
        let leaf = |values, list: bool| Self { values, defined: Vec::new(), repeated: list.then(Vec::new) };
        let text = || Values::Text(Vec::new(), Vec::new());
        match kind {
            Kind::Text => vec![leaf(text(), false)],
            Kind::Date => vec![leaf(Values::Days(Vec::new()), false)],
            Kind::Integer => vec![leaf(Values::Integers(Vec::new()), false)],
            Kind::Double => vec![leaf(Values::Doubles(Vec::new()), false)],
            Kind::Boolean => vec![leaf(Values::Booleans(Vec::new()), false)],
            Kind::Texts => vec![leaf(text(), true)],
            Kind::Pairs => vec![leaf(text(), true), leaf(text(), true)],
        }
    }

    /// Adds a row to the leaves of a column; the bytes that it takes come back.
    pub fn push(leaves: &mut [Self], cell: &Cell<'_>) -> usize {
        match (cell, leaves) {
            (Cell::Text(text), [leaf]) => leaf.text(text.as_deref()),
            (Cell::Date(day), [leaf]) => {
                let day = day.as_deref().and_then(Date::from_iso).map(Date::days);
                leaf.scalar(day, |values, day| {
                    if let Values::Days(days) = values {
                        days.push(day);
                    }
                })
            }
            (Cell::Integer(value), [leaf]) => leaf.scalar(*value, |values, value| {
                if let Values::Integers(integers) = values {
                    integers.push(value);
                }
            }),
            (Cell::Double(value), [leaf]) => leaf.scalar(*value, |values, value| {
                if let Values::Doubles(doubles) = values {
                    doubles.push(value);
                }
            }),
            (Cell::Boolean(value), [leaf]) => leaf.scalar(*value, |values, value| {
                if let Values::Booleans(booleans) = values {
                    booleans.push(value);
                }
            }),
            (Cell::Texts(texts), [leaf]) => leaf.list(texts.iter().map(AsRef::as_ref)),
            (Cell::Pairs(pairs), [keys, values]) => {
                keys.list(pairs.iter().map(|(key, _)| key.as_ref()))
                    + values.list(pairs.iter().map(|(_, value)| value.as_ref()))
            }
            // `Leaf::of` makes the leaves of a column, and the values of a column are of its type.
            _ => 0,
        }
    }

    fn scalar<T>(&mut self, value: Option<T>, push: impl FnOnce(&mut Values, T)) -> usize {
        self.defined.push(i16::from(value.is_some()));
        if let Some(value) = value {
            push(&mut self.values, value);
        }
        2 + size_of::<T>()
    }

    fn text(&mut self, text: Option<&str>) -> usize {
        self.defined.push(i16::from(text.is_some()));
        let (Values::Text(bytes, ends), Some(text)) = (&mut self.values, text) else { return 2 };
        bytes.extend_from_slice(text.as_bytes());
        ends.push(bytes.len());
        2 + size_of::<usize>() + text.len()
    }

    fn list<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> usize {
        let mut bytes = 0;
        let mut level = 0;
        for text in texts {
            bytes += 2 + self.text(Some(text));
            self.repeated.as_mut().into_iter().for_each(|levels| levels.push(level));
            level = 1;
        }
        if level == 0 {
            bytes += 2 + self.text(None);
            self.repeated.as_mut().into_iter().for_each(|levels| levels.push(0));
        }
        bytes
    }

    /// Writes everything and is empty again.
    pub fn drain(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<()> {
        let defined = Some(&*self.defined);
        let repeated = self.repeated.as_deref();
        match &mut self.values {
            Values::Text(bytes, ends) => {
                // One piece of memory, which the texts share.
                let bytes = ByteArray::from(std::mem::take(bytes));
                let mut start = 0;
                let mut texts = Vec::with_capacity(ends.len());
                for end in ends.drain(..) {
                    texts.push(bytes.slice(start, end - start));
                    start = end;
                }
                column.typed::<ByteArrayType>().write_batch(&texts, defined, repeated)?;
            }
            Values::Days(days) => {
                column.typed::<Int32Type>().write_batch(days, defined, repeated)?;
                days.clear();
            }
            Values::Integers(integers) => {
                column.typed::<Int64Type>().write_batch(integers, defined, repeated)?;
                integers.clear();
            }
            Values::Doubles(doubles) => {
                column.typed::<DoubleType>().write_batch(doubles, defined, repeated)?;
                doubles.clear();
            }
            Values::Booleans(booleans) => {
                column.typed::<BoolType>().write_batch(booleans, defined, repeated)?;
                booleans.clear();
            }
        }
        self.defined.clear();
        self.repeated.as_mut().into_iter().for_each(Vec::clear);
        Ok(())
    }
}
