//! The context layers and the heads on them, as a model's config describes them.

use std::path::Path;

use docmill_core::StageError;
use serde::Deserialize;

use crate::checkpoint::Checkpoint;
use crate::context::ContextLayers;
use crate::described::described;
use crate::layer::Precision;
use crate::pair_head::PairHead;
use crate::word_head::WordHead;

/// The head's name in a model's config; its tensors are in a file of that name.
pub const CONTEXT: &str = "context";
/// What every context model of this program knows of sides: nothing, actor, recipient.
const ROLES: usize = 3;

/// A head as config.json describes it, under `docmill.heads.context`.
#[derive(Debug, Deserialize)]
struct Described {
    form: String,
    /// It goes on from the rows after so many of the encoder's layers.
    after: usize,
    layers: usize,
    places: usize,
    window: usize,
    stance: Vec<String>,
    trigger: Vec<String>,
}

/// After how many of the encoder's layers the context layers of the model in `folder` go on, if it has them.
pub fn middle_of(folder: &Path) -> Option<usize> {
    described::<Described>(folder, CONTEXT).ok().map(|head| head.after)
}

fn open(folder: &Path) -> Result<(Described, Checkpoint), StageError> {
    let head: Described = described(folder, CONTEXT)?;
    let file = format!("{CONTEXT}.safetensors");
    let wrong = |reason: String| {
        let help = format!("take config.json and {file} from one package");
        StageError::file(folder.join("config.json"), format!("head `{CONTEXT}`: {reason}"), help)
    };
    if head.form != "context-layers" {
        return Err(wrong(format!("its form is `{}`; this program knows `context-layers`", head.form)));
    }
    let checkpoint = Checkpoint::open_file(folder, &file)?;
    let most = checkpoint.config().num_hidden_layers;
    if !(1..=most).contains(&head.after) || head.places == 0 || head.window == 0 {
        return Err(wrong(format!("`after` must be 1 to {most}; `places` and `window`, 1 or more")));
    }
    if head.stance.is_empty() || head.trigger.is_empty() {
        return Err(wrong("it needs names of classes in `stance` and `trigger`".to_owned()));
    }
    Ok((head, checkpoint))
}

/// The layers, and the heads of events and antecedents: what the stage `context` needs.
#[derive(Debug)]
pub struct ContextModel {
    /// The layers.
    pub layers: ContextLayers,
    /// What type of event a word tells; the first class is none.
    pub trigger: WordHead,
    /// Names of the types, in the order of their classes.
    pub types: Vec<String>,
    /// Trigger and word: none, actor, recipient.
    pub side: PairHead,
    /// Word and earlier word: how likely they are one, against something new.
    pub antecedent: PairHead,
}

impl ContextModel {
    /// Reads the model in `folder`.
    ///
    /// # Errors
    /// If it has no such layers, or config.json and context.safetensors do not fit.
    pub fn load(folder: &Path, precision: Precision) -> Result<Self, StageError> {
        let (head, checkpoint) = open(folder)?;
        let shape = [head.layers, head.places, head.window];
        Ok(Self {
            layers: ContextLayers::read(&checkpoint, CONTEXT, shape, precision)?,
            trigger: WordHead::read(&checkpoint, &format!("{CONTEXT}.trigger"), head.trigger.len())?,
            types: head.trigger,
            side: PairHead::read(&checkpoint, &format!("{CONTEXT}.event"), ROLES)?,
            antecedent: PairHead::read(&checkpoint, &format!("{CONTEXT}.antecedent"), 1)?,
        })
    }
}

/// Reads the head of stances of the model in `folder`, and the names of its classes.
///
/// # Errors
/// Those of [`ContextModel::load`].
pub fn stance_head(folder: &Path) -> Result<(PairHead, Vec<String>), StageError> {
    let (head, checkpoint) = open(folder)?;
    let pairs = PairHead::read(&checkpoint, &format!("{CONTEXT}.stance"), head.stance.len())?;
    Ok((pairs, head.stance))
}
