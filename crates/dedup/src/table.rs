//! A hash table of document numbers, whose keys stand elsewhere.

/// Numbers by the hash of a key that stands elsewhere, at 4 bytes a slot: open addressing, linear probing, at most 7 of 10
/// slots in use. It grows by a quarter, so that it never holds much more than it needs.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// Number + 1; 0 is empty.
    slots: Vec<u32>,
    used: usize,
}

impl Default for Table {
    fn default() -> Self {
        Self { slots: vec![0; 16], used: 0 }
    }
}

impl Table {
    /// The numbers that may belong to a hash, oldest first for each key.
    pub fn candidates(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let (before, after) = self.slots.split_at(self.place(hash));
        after.iter().chain(before).take_while(|slot| **slot != 0).map(|slot| slot - 1)
    }

    /// Adds a number; `hash_of` gives the hash of those that are there.
    pub fn insert(&mut self, number: u32, hash: u64, hash_of: impl Fn(u32) -> u64) {
        if (self.used + 1) * 10 > self.slots.len() * 7 {
            let larger = self.slots.len() + self.slots.len() / 4;
            // Numbers stand in no order; oldest first for each key is kept by sorting.
            let mut numbers: Vec<u32> =
                self.slots.iter().filter(|slot| **slot != 0).map(|slot| slot - 1).collect();
            numbers.sort_unstable();
            // Cleared first: never are two tables there.
            self.slots.clear();
            self.slots.shrink_to_fit();
            self.slots.resize(larger, 0);
            for number in numbers {
                self.put(number, hash_of(number));
            }
        }
        self.put(number, hash);
        self.used += 1;
    }

    /// Bytes of memory that it takes.
    pub fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<u32>()
    }

    fn put(&mut self, number: u32, hash: u64) {
        let mut at = self.place(hash);
        while self.slots[at] != 0 {
            at = if at + 1 == self.slots.len() { 0 } else { at + 1 };
        }
        self.slots[at] = number + 1;
    }

    /// The first slot of a hash: its upper half as a share of the length.
    fn place(&self, hash: u64) -> usize {
        (((hash >> 32) * self.slots.len() as u64) >> 32) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::mix;

    #[test]
    fn everything_is_found_again_oldest_first() {
        let mut table = Table::default();
        let hash = |number: u32| mix(u64::from(number % 1000));
        for number in 0..20_000 {
            table.insert(number, hash(number), hash);
        }
        for key in 0..1000 {
            let found: Vec<u32> = table.candidates(hash(key)).filter(|n| n % 1000 == key).collect();
            assert_eq!(found, (0..20).map(|i| i * 1000 + key).collect::<Vec<_>>());
        }
        assert!(table.slots.len() < 36_000, "{}", table.slots.len());
    }
}
