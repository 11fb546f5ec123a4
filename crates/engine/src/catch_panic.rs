//! Turns a panic into an error, with its message and place.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics off stderr from now on, for the whole process: their place is noted instead, and the guard puts it
/// into the error. For programs; a library or test leaves the hook alone.
pub fn quiet_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line()));
        PLACE.with(|slot| *slot.borrow_mut() = place);
    }));
}

/// Where the last caught panic of this thread happened, if [`quiet_panics`] is on.
pub fn take_panic_place() -> Option<String> {
    PLACE.with(|slot| slot.borrow_mut().take())
}

/// Runs `f`; a panic comes back as its message.
///
/// The caller drops or repairs what `f` may have left incomplete: a document loses the layers of the stage that
/// panicked, and a batch stage is created again.
pub(crate) fn catch_panic<T>(f: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(f)).map_err(|payload| {
        let message = (payload.downcast_ref::<&str>().map(|s| (*s).to_owned()))
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "a panic without a message".to_owned());
        match take_panic_place() {
            Some(place) => format!("{message} ({place})"),
            None => message,
        }
    })
}
