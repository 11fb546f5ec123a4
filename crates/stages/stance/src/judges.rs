//! The learned judges, which answer the questions about a parsed sentence.
//!
//! In two steps: weights of named features say how likely each stance is; where one is likely at all, the model's head
//! compares what it has read of holder and target, and the two together make the judgement.

use std::fs::File;
use std::io::Write;
use std::ops::Range;
use std::sync::Mutex;

use docmill_bert::PairHead;
use docmill_core::StageError;
use docmill_core::layers::{StancePolarity, Stances, TargetKind};

use crate::judge::Judgement;
use crate::mix::mixed;
use crate::open::Open;
use crate::parsed::Parsed;
use crate::party::Who;
use crate::read::{Asked, read};
use crate::weights::{Judge, Sided};

/// A stance less likely than this by its named features is not asked about further.
const LEAST: f32 = 0.03;

/// What judges a parsed sentence, and how likely a stance must be.
pub(crate) struct Judges {
    /// The model's head that compares holder and target; it needs parsed text, read by the stage `context`.
    pub pairs: Option<PairHead>,
    /// How likely a stance must be toward a name.
    pub judge_threshold: f32,
    /// The same of a stance toward somebody without a name.
    pub group_threshold: f32,
    /// The same of a stance toward an issue.
    pub issue_threshold: f32,
    /// Where the features are written to, to learn from.
    pub features: Option<Mutex<File>>,
}

/// A judge, and what the features alone let him say.
type Asks = (Judge, Sided);

impl Judges {
    /// Answers the questions about one sentence, or writes them down to be learned from.
    pub fn answer(
        &self,
        parsed: &Parsed<'_>,
        open: &[Open<'_>],
        stances: &mut Stances,
    ) -> Result<(), StageError> {
        if let Some(file) = &self.features {
            return open.iter().try_for_each(|one| write(file, parsed, one));
        }
        let Some(head) = &self.pairs else { return Ok(()) };
        let likely = |asks: &Vec<Asks>| asks.iter().any(|(_, sided)| sided.likely() >= LEAST);
        let open: Vec<(&Open<'_>, Vec<Asks>)> =
            open.iter().map(|one| (one, asks(one))).filter(|(_, asks)| likely(asks)).collect();
        let questions: Vec<Asked> = open.iter().map(|(one, _)| one.asked()).collect();
        for ((one, asks), scores) in open.into_iter().zip(read(head, parsed.doc, &questions)?) {
            for (judge, sided) in asks {
                let likely = scores.map(|scores| mixed(judge, sided, &scores));
                self.tell(parsed, one, judge, likely, stances);
            }
        }
        Ok(())
    }

    /// Adds the stance, if it is likely enough.
    fn tell(
        &self,
        parsed: &Parsed<'_>,
        one: &Open<'_>,
        judge: Judge,
        likely: Option<[f32; 2]>,
        stances: &mut Stances,
    ) {
        let [holder, target] = one.sides.parties;
        let [favor, against] = likely.unwrap_or_default();
        let (kind, threshold) = match judge {
            Judge::Names => (TargetKind::Entity, self.judge_threshold),
            Judge::Groups => (TargetKind::Entity, self.group_threshold),
            Judge::Issues => (TargetKind::Issue, self.issue_threshold),
        };
        if kind == TargetKind::Entity
            && let Some(mention) = target.mention().filter(|_| matches!(target.who, Who::Entity(_)))
        {
            stances.toward.push((mention, [favor, against]));
        }
        let (polarity, score) =
            if favor > against { (StancePolarity::Favor, favor) } else { (StancePolarity::Against, against) };
        if likely.is_some() && score >= threshold {
            let judged = Judgement { forward: true, polarity, score };
            let [at, to] = one.sides.ranges;
            let pair = [(holder, at), (target, to)];
            stances.items.extend(parsed.found.stance(judged, kind, pair, one.sides.reading));
        }
    }
}

/// Who is asked, and what the features say.
fn asks(one: &Open<'_>) -> Vec<Asks> {
    let judges = [Judge::Names, Judge::Groups, Judge::Issues];
    let asked = judges.into_iter().filter(|judge| judge.is_asked(one.sides.form));
    asked.map(|judge| (judge, judge.weights().judge(&one.features))).collect()
}

/// One line of training data: document, form of the target, sentence, mentions, offsets, features.
fn write(file: &Mutex<File>, parsed: &Parsed<'_>, one: &Open<'_>) -> Result<(), StageError> {
    let [holder, target] = one.sides.parties;
    let number = |index: Option<u32>| index.map_or_else(|| "-1".to_owned(), |index| index.to_string());
    let Range { start: from, end: to } = holder.span.range();
    let line = format!(
        "{}\t{}\t{}\t{}\t{}\t{from}\t{to}\t{}\t{}\t{}\n",
        parsed.doc.id(),
        one.sides.form.letter(),
        parsed.found.sentence,
        number(holder.entity()),
        number(target.mention()),
        target.span.start,
        target.span.end,
        one.features.line(),
    );
    let mut file =
        file.lock().map_err(|_| StageError::Document("a writer of features panicked".to_owned()))?;
    file.write_all(line.as_bytes())
        .map_err(|error| StageError::Document(format!("cannot write features: {error}")))
}
