//! From the reading thread to whoever pulls items.

use std::mem;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::vec;

use crate::Item;
use crate::ids::Ids;

/// Items handed over at once, at most.
const ITEMS: usize = 64;
/// A batch is handed over once it holds so many bytes.
const BYTES: usize = 256 * 1024;

/// Nobody reads any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Disconnected;

/// The reading end's side. Batches grow 1, 2, 4, ...: the first documents come at once.
pub(crate) struct ItemSender {
    sender: SyncSender<Vec<Item>>,
    batch: Vec<Item>,
    bytes: usize,
    most: usize,
}

/// Items, one by one, in the order of the archive.
#[derive(Debug)]
pub struct Items {
    receiver: Receiver<Vec<Item>>,
    batch: vec::IntoIter<Item>,
    ids: Ids,
}

/// A feed and its items. A batch that is full waits until it is taken; nothing is read meanwhile, so that what is read
/// ahead is one batch.
pub(crate) fn channel() -> (ItemSender, Items) {
    let (sender, receiver) = sync_channel(0);
    let items = ItemSender { sender, batch: Vec::new(), bytes: 0, most: 1 };
    (items, Items { receiver, batch: Vec::new().into_iter(), ids: Ids::default() })
}

impl ItemSender {
    pub fn put(&mut self, item: Item) -> Result<(), Disconnected> {
        if let crate::item::Payload::Bytes { bytes, .. } = &item.payload {
            self.bytes += bytes.len();
        }
        self.batch.push(item);
        if self.batch.len() >= self.most || self.bytes >= BYTES { self.flush() } else { Ok(()) }
    }

    pub fn flush(&mut self) -> Result<(), Disconnected> {
        self.most = ITEMS.min(2 * self.most);
        self.bytes = 0;
        if self.batch.is_empty() {
            return Ok(());
        }
        self.sender.send(mem::take(&mut self.batch)).map_err(|_| Disconnected)
    }
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.batch.next() {
                return Some(self.ids.settle(item));
            }
            self.batch = self.receiver.recv().ok()?.into_iter();
        }
    }
}
