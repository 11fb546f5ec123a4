//! Which mentions of organizations and other things are of one thing.

use docmill_core::layers::MentionForm;
use rustc_hash::FxHashMap;

use crate::acronyms::Definitions;
use crate::name_words::{TAILS, is_sort};
use crate::org_name::{OrgName, initials};
use crate::organizations::{Organizations, sort_of};
use crate::unique::{Found, Unique};

/// A mention of a thing.
pub(crate) struct ThingMention<'t> {
    pub thing: &'t OrgName,
    /// The state whose it is by the words around: `Russian` before it, `of Russia` after it.
    pub owner: Option<u16>,
    /// True in a citation, where only a name in full counts.
    pub cited: bool,
    /// Type of the mention.
    pub label: &'t str,
}

impl ThingMention<'_> {
    fn state(&self) -> Option<u16> {
        self.thing.state.or(self.owner)
    }
}

/// A thing by its number, and how the mention names it; `None` where that cannot be told.
pub(crate) type Grouped = Option<(u32, MentionForm)>;

/// Groups mentions in text order. `long_form`: the place in `mentions` of the long form that a definition names.
pub(crate) fn group(
    mentions: &[ThingMention<'_>],
    definitions: &Definitions,
    long_form: impl Fn(usize) -> Option<usize>,
    organizations: &Organizations,
) -> Vec<Grouped> {
    let mut things = Things::default();
    let index = Index::new(mentions, &mut things, organizations);
    let mut found: Vec<Grouped> = vec![None; mentions.len()];
    let mut sorts = Unique::new();
    let mut by_initials = Unique::new();
    for (i, mention) in mentions.iter().enumerate() {
        if let Some(acronym) = &mention.thing.acronym {
            // `NATO` is an organization and an alliance.
            let key = organizations.by_acronym(acronym).filter(|_| !definitions.contains_key(acronym));
            for sort in key.map_or(&[][..], |key| organizations.sorts(key)) {
                sorts.insert(sort.clone(), things.number(key.unwrap_or_default(), None));
            }
            continue;
        }
        found[i] = index.named(mention, &mut things, &sorts);
        if let (Some((thing, _)), false) = (found[i], mention.cited) {
            let core = &mention.thing.core;
            for sort in sort_of(core).into_iter().chain(organizations.sorts(core).iter().map(String::as_str))
            {
                sorts.insert(sort.to_owned(), thing);
            }
            let core: Vec<String> = core.split(' ').map(str::to_owned).collect();
            for letters in initials(&mention.thing.words).into_iter().chain(initials(&core)) {
                by_initials.insert(letters, thing);
            }
        }
    }
    for (i, mention) in mentions.iter().enumerate() {
        let Some(acronym) = &mention.thing.acronym else { continue };
        let defined = definitions.get(acronym).and_then(|d| found[long_form(d.long)?]);
        found[i] = Some(match (defined, by_initials.get(&acronym.to_uppercase())) {
            (Some((thing, _)), _) => (thing, MentionForm::Acronym),
            // `ARAUCA` in a dateline.
            _ if index.names.contains(&mention.thing.core) => {
                (things.number(&mention.thing.core, None), MentionForm::Name)
            }
            (None, Found::One(thing)) if acronym.len() > 2 => (thing, MentionForm::Acronym),
            _ => {
                let key = organizations.by_acronym(acronym).unwrap_or(acronym);
                (things.number(key, None), MentionForm::Acronym)
            }
        });
    }
    found
}

/// Numbers of things by name and state.
#[derive(Default)]
struct Things {
    numbers: FxHashMap<String, FxHashMap<Option<u16>, u32>>,
    count: u32,
}

impl Things {
    fn number(&mut self, core: &str, state: Option<u16>) -> u32 {
        if let Some(known) = self.numbers.get(core).and_then(|states| states.get(&state)) {
            return *known;
        }
        self.numbers.entry(core.to_owned()).or_default().insert(state, self.count);
        self.count += 1;
        self.count - 1
    }
}

/// What the document names in full.
struct Index {
    names: rustc_hash::FxHashSet<String>,
    /// Things that belong to a state, by name.
    stated: Unique<String>,
    /// `LOC inguri` for `Inguri River`.
    tails: Unique<String>,
    /// `security council` for `UN Security Council`.
    fronts: Unique<String>,
}

impl Index {
    fn new(mentions: &[ThingMention<'_>], things: &mut Things, organizations: &Organizations) -> Self {
        let mut index = Self {
            names: rustc_hash::FxHashSet::default(),
            stated: Unique::new(),
            tails: Unique::new(),
            fronts: Unique::new(),
        };
        for mention in mentions.iter().filter(|mention| mention.thing.acronym.is_none()) {
            let thing = mention.thing;
            index.names.insert(thing.core.clone());
            if mention.cited {
                continue;
            }
            if mention.state().is_some() {
                index.stated.insert(thing.core.clone(), things.number(&thing.core, mention.state()));
            }
            if let Some((start, tail)) = thing.core.rsplit_once(' ')
                && TAILS.contains(tail)
            {
                let number = things.number(&thing.core, mention.state());
                index.tails.insert(format!("{} {start}", mention.label), number);
            }
            if let Some(rest) = rest_after_organization(&thing.core, organizations) {
                index.fronts.insert(rest.to_owned(), things.number(&thing.core, mention.state()));
            }
        }
        index
    }

    /// A mention that is no abbreviation. `sorts`: what each word such as `ministry` may be short for so far.
    fn named(&self, mention: &ThingMention<'_>, things: &mut Things, sorts: &Unique<String>) -> Grouped {
        let core = &mention.thing.core;
        if mention.cited || mention.state().is_some() {
            return Some((things.number(core, mention.state()), MentionForm::Name));
        }
        let short = [
            self.stated.get(core),
            if is_sort(core) { sorts.get(core) } else { Found::None },
            self.tails.get(&format!("{} {core}", mention.label)),
            self.fronts.get(core),
        ];
        // A word for many things is no name; a name that other names end with still is one.
        let is_no_name = is_sort(core) || (mention.thing.is_common && self.stated.get(core) == Found::Many);
        match short.into_iter().find(|found| *found != Found::None) {
            // `Russia's 201st Motor Rifle Division` needs no state to be a name.
            Some(Found::One(thing)) => {
                let whole = self.stated.get(core) == Found::One(thing) && !mention.thing.is_common;
                Some((thing, if whole { MentionForm::Name } else { MentionForm::Short }))
            }
            Some(Found::Many) if is_no_name => None,
            _ => Some((things.number(core, None), MentionForm::Name)),
        }
    }
}

/// `security council` of `united nation security council`.
fn rest_after_organization<'c>(core: &'c str, organizations: &Organizations) -> Option<&'c str> {
    let blanks = core.match_indices(' ').map(|(at, _)| at).take(3);
    blanks.filter_map(|at| Some((core.get(..at)?, core.get(at + 1..)?))).find_map(|(start, rest)| {
        (organizations.by_name(start).is_some() && rest.contains(' ')).then_some(rest)
    })
}
