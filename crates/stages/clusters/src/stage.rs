//! The running stage.

use docmill_core::layers::{Clusters, CountrySource, MentionForm};
use docmill_core::{Document, Stage, StageError};
use docmill_lexicon::lists::NAME_WORDS;
use docmill_lexicon::word_classes;
use rustc_hash::FxHashMap;

use crate::acronyms::Definitions;
use crate::clusters::{Named, Which, assemble, is_mixed};
use crate::context::Context;
use crate::kinds::{Kind, kinds};
use crate::leaders::Leaders;
use crate::org_name::OrgName;
use crate::organizations::{Organizations, key};
use crate::owner::{Owner, owner};
use crate::people::{self, PersonMention};
use crate::settings::NamesSettings;
use crate::things::{self, ThingMention};

/// Adds clusters to documents with entities.
pub(crate) struct NamesStage {
    pub organizations: Organizations,
    pub leaders: Leaders,
    pub settings: NamesSettings,
}

impl Stage for NamesStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let scene = Context::new(doc)?;
        let (kinds, definitions) = kinds(&scene, &self.settings, &self.organizations);
        let mut named = vec![None; kinds.len()];
        states(&scene, &kinds, &mut named);
        persons(&scene, &kinds, &self.leaders, &mut named);
        self.things(&scene, &kinds, &definitions, &mut named);
        let clusters: Clusters = assemble(&scene, &named);
        doc.layers_mut().insert(clusters);
        Ok(())
    }
}

fn states<'d>(scene: &Context<'d>, kinds: &[Kind], named: &mut [Option<Named<'d>>]) {
    for (i, kind) in kinds.iter().enumerate() {
        let surface = scene.surface(i);
        let (which, form, text) = match kind {
            Kind::State(state, form) => (Which::State(*state), *form, surface),
            // In a dateline it stands in capitals.
            Kind::Town(town, name) => {
                (Which::Town(*town), MentionForm::Name, if is_mixed(surface) { surface } else { name })
            }
            Kind::Person(..) | Kind::OrgName | Kind::Body(_) => continue,
        };
        named[i] = Some(Named { which, form, text, words: 1, of: None, usual: None });
    }
}

fn persons<'d>(scene: &Context<'d>, kinds: &[Kind], leaders: &Leaders, named: &mut [Option<Named<'d>>]) {
    let (at, mentions): (Vec<usize>, Vec<PersonMention<'_>>) = (kinds.iter().enumerate())
        .filter_map(|(i, kind)| match kind {
            Kind::Person(name, title) => Some((i, PersonMention { name, title: *title })),
            _ => None,
        })
        .unzip();
    for ((i, mention), person) in at.into_iter().zip(&mentions).zip(people::group(&mentions)) {
        named[i] = person.map(|person| Named {
            which: Which::Person(person),
            form: MentionForm::Name,
            text: scene.surface(i).get(mention.name.title_len..).unwrap_or_default(),
            words: mention.name.fullness(),
            of: (leaders.state(mention.name, leads(scene, i, mention.title)))
                .map(|state| (state, CountrySource::List)),
            usual: None,
        });
    }
}

word_classes! { NAME_WORDS:
    /// Titles of those who lead a state.
    static HEADS_OF_STATE = "head-of-state";
}

/// True for a title of somebody who leads a state: `President`, `Prime Minister`.
fn leads(scene: &Context<'_>, mention: usize, title: Option<&str>) -> bool {
    let prime = || scene.around(mention).before(1).eq_ignore_ascii_case("prime");
    match title {
        Some("minister") => prime(),
        Some(title) => HEADS_OF_STATE.contains(title),
        None => false,
    }
}

impl NamesStage {
    /// A mention as written, with what belongs to the name after it: models part `Organization for Security and
    /// Co-operation` and `Europe`.
    fn name<'d>(&self, scene: &Context<'d>, mention: usize) -> &'d str {
        let whole =
            scene.with_next(mention).filter(|whole| self.organizations.by_name(&key(whole)).is_some());
        whole.unwrap_or_else(|| scene.surface(mention))
    }

    fn things<'d>(
        &'d self,
        scene: &Context<'d>,
        kinds: &[Kind],
        definitions: &Definitions,
        named: &mut [Option<Named<'d>>],
    ) {
        let body = |i: usize| if let Kind::Body(name) = kinds[i] { Some(name) } else { None };
        let at: Vec<usize> =
            (0..kinds.len()).filter(|&i| kinds[i] == Kind::OrgName || body(i).is_some()).collect();
        let surfaces: Vec<&str> =
            at.iter().map(|&i| body(i).unwrap_or_else(|| self.name(scene, i))).collect();
        let expand = |short: &str| {
            let explained = definitions.get(short).map(|definition| definition.words.clone());
            explained.or_else(|| self.organizations.by_acronym(short).map(str::to_owned))
        };
        let mut things: FxHashMap<&str, OrgName> = FxHashMap::default();
        for &name in &surfaces {
            things.entry(name).or_insert_with(|| OrgName::read(name, &self.organizations, &expand));
        }
        let mut owners: Vec<Option<Owner>> = Vec::with_capacity(at.len());
        let mut mentions = Vec::with_capacity(at.len());
        for (&i, name) in at.iter().zip(&surfaces) {
            let (thing, cited) = (&things[name], scene.cited(i));
            let asked = thing.has_sort && thing.state.is_none() && !cited;
            let owner = if asked { owner(scene, i) } else { None };
            let state = owner.map(|owner| owner.state);
            mentions.push(ThingMention { thing, owner: state, cited, label: &scene.entities[i].label });
            owners.push(owner);
        }
        let place = |mention: usize| at.binary_search(&mention).ok();
        let grouped = things::group(&mentions, definitions, place, &self.organizations);
        for (n, found) in grouped.into_iter().enumerate() {
            let Some((thing, form)) = found else { continue };
            let read = mentions[n].thing;
            if body(at[n]).is_some() {
                let (which, form) = (Which::OrgName(thing), MentionForm::Seat);
                named[at[n]] =
                    Some(Named { which, form, text: surfaces[n], words: 0, of: None, usual: None });
                continue;
            }
            // Of two names as long, the usual one of an organization goes first.
            let usual = self.organizations.is_usual(&key(surfaces[n]));
            let words = 2 * read.fullness + usize::from(usual);
            let listed = || Some((self.organizations.state(surfaces[n])?, CountrySource::List));
            let of = (read.state.map(|state| (state, CountrySource::Name)))
                .or_else(|| Some((owners[n]?.state, CountrySource::Beside)))
                .or_else(listed);
            let usual = read.acronym.as_ref().filter(|short| !definitions.contains_key(*short));
            let usual = usual.and_then(|short| self.organizations.usual_name(short));
            let mut this = Named { which: Which::OrgName(thing), form, text: surfaces[n], words, of, usual };
            // `Ministry of Defense` alone says too little to be a name for all.
            if let Some(owner) = owners[n].filter(|_| read.is_common) {
                this.text = owner.span.slice(scene.text).unwrap_or(this.text);
                this.words += 2;
            }
            named[at[n]] = Some(this);
        }
    }
}
