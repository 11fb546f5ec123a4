//! The values of a row group, column by column, until it is written.
//!
//! Parquet has each column of a group in one piece, so that a group is in memory before any of it is written.

use docmill_dates::Date;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::writer::SerializedColumnWriter;

use crate::{Get, View};

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
    pub fn of(get: Get) -> Vec<Self> {
        let leaf = |values, list: bool| Self { values, defined: Vec::new(), repeated: list.then(Vec::new) };
        let text = || Values::Text(Vec::new(), Vec::new());
        match get {
            Get::Text(_) => vec![leaf(text(), false)],
            Get::Date(_) => vec![leaf(Values::Days(Vec::new()), false)],
            Get::Integer(_) => vec![leaf(Values::Integers(Vec::new()), false)],
            Get::Double(_) => vec![leaf(Values::Doubles(Vec::new()), false)],
            Get::Boolean(_) => vec![leaf(Values::Booleans(Vec::new()), false)],
            Get::Texts(_) => vec![leaf(text(), true)],
            Get::Pairs(_) => vec![leaf(text(), true), leaf(text(), true)],
        }
    }

    /// Adds a row to the leaves of a column; the bytes that it takes come back.
    pub fn push(leaves: &mut [Self], get: Get, view: &View<'_>, row: usize) -> usize {
        match (get, leaves) {
            (Get::Text(get), [leaf]) => {
                let text = get(view, row);
                leaf.text(text.as_deref())
            }
            (Get::Date(get), [leaf]) => {
                let day = get(view, row).and_then(Date::from_iso).map(Date::days);
                leaf.scalar(day, |values, day| {
                    if let Values::Days(days) = values {
                        days.push(day);
                    }
                })
            }
            (Get::Integer(get), [leaf]) => leaf.scalar(get(view, row), |values, value| {
                if let Values::Integers(integers) = values {
                    integers.push(value);
                }
            }),
            (Get::Double(get), [leaf]) => leaf.scalar(get(view, row), |values, value| {
                if let Values::Doubles(doubles) = values {
                    doubles.push(value);
                }
            }),
            (Get::Boolean(get), [leaf]) => leaf.scalar(get(view, row), |values, value| {
                if let Values::Booleans(booleans) = values {
                    booleans.push(value);
                }
            }),
            (Get::Texts(get), [leaf]) => leaf.list(get(view, row).iter().map(AsRef::as_ref)),
            (Get::Pairs(get), [keys, values]) => {
                let pairs = get(view, row);
                keys.list(pairs.iter().map(|(key, _)| *key))
                    + values.list(pairs.iter().map(|(_, value)| *value))
            }
            // `Leaf::of` makes the leaves of a column.
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
