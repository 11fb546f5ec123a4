//! Instances of a batch stage, handed to one worker at a time.

use std::sync::{Condvar, Mutex, PoisonError};

use docmill_core::{BatchStage, DynFactory, StageError};

/// An instance, or the empty place of one that panicked: its next user makes a new one.
pub(crate) type Instance = Option<Box<dyn BatchStage>>;

/// A fixed number of instances of a batch stage.
pub(crate) struct Pool {
    factory: DynFactory,
    idle: Mutex<Vec<Instance>>,
    returned: Condvar,
}

impl Pool {
    /// Makes all `replicas` at once, so that a model that does not load fails before the first document.
    pub fn new(factory: DynFactory, replicas: usize) -> Result<Self, StageError> {
        let idle = (0..replicas).map(|_| factory().map(Some)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { factory, idle: Mutex::new(idle), returned: Condvar::new() })
    }

    /// Waits for a free place and takes it.
    pub fn take(&self) -> Instance {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(instance) = idle.pop() {
                return instance;
            }
            idle = self.returned.wait(idle).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Gives a place back, with or without an instance, so that no worker ever waits in vain.
    pub fn give(&self, instance: Instance) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(instance);
        self.returned.notify_one();
    }

    /// A new instance for an empty place.
    pub fn replace(&self) -> Result<Box<dyn BatchStage>, StageError> {
        (self.factory)()
    }
}
