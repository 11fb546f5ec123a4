//! Two small tools: what a key leads to if it leads to one thing only, and things found to be one.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// From keys to the one thing that each stands for; a key of two things stands for none of them.
#[derive(Debug)]
pub(crate) struct Unique<K> {
    map: FxHashMap<K, Option<u32>>,
}

/// What a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing.
    None,
    /// One thing.
    One(u32),
    /// Several things; which of them is meant cannot be told.
    Many,
}

impl<K: Hash + Eq> Unique<K> {
    pub fn new() -> Self {
        Self { map: FxHashMap::default() }
    }

    /// Lets `key` stand for `thing` too.
    pub fn insert(&mut self, key: K, thing: u32) {
        let known = self.map.entry(key).or_insert(Some(thing));
        if *known != Some(thing) {
            *known = None;
        }
    }

    pub fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Found
    where
        K: std::borrow::Borrow<Q>,
    {
        match self.map.get(key) {
            None => Found::None,
            Some(Some(thing)) => Found::One(*thing),
            Some(None) => Found::Many,
        }
    }
}
