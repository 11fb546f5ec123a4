//! What a run reports while it works.

/// Hears what a run has to say while it is under way. A method that is not written ignores it.
pub trait Observer: Send + Sync {
    /// Something worth knowing, which `--quiet` leaves out.
    fn note(&self, _message: &str) {}

    /// Something that a person must know.
    fn warn(&self, _message: &str) {}

    /// Everything is loaded; the first document is about to be read. `before` were done by an earlier run.
    fn begin(&self, _before: u64) {}

    /// How many documents there are, once they are counted.
    fn total(&self, _documents: u64) {}

    /// A window of the long document `id` is done: so many bytes of all of its bytes. They are not reported again when
    /// the document is done.
    fn window(&self, _id: &str, _bytes: u64, _whole: u64) {}

    /// A document is done, with so many bytes that have not been reported.
    fn document(&self, _bytes: u64) {}

    /// The document `id` failed.
    fn failure(&self, _id: &str, _reason: &str) {}

    /// The last document is done.
    fn end(&self) {}
}

/// Hears nothing.
impl Observer for () {}
