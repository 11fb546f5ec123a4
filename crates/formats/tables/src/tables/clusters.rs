use super::DOC_ID;
use crate::column::{column, name_of};
use crate::{Get, Table};

pub const TABLE: Table = Table {
    name: "clusters",
    about: "One row for each thing that a document names: a person, a body, a state.",
    // Clusters without a name stand behind those with one; records alone have them.
    rows: |view| view.record.clusters.partition_point(|cluster| cluster.named),
    columns: &[
        DOC_ID,
        column(
            "cluster_id",
            Get::Text(|view, i| Some(view.record.clusters[i].id.as_str().into())),
            "`c0`, `c1`, ...",
        ),
        column(
            "canonical",
            Get::Text(|view, i| Some(view.record.clusters[i].canonical.as_str().into())),
            "Name under which its mentions go.",
        ),
        column(
            "label",
            Get::Text(|view, i| Some(view.record.clusters[i].label.as_str().into())),
            "Type of the thing.",
        ),
        column(
            "country",
            Get::Text(|view, i| Some(view.record.clusters[i].country.as_deref()?.into())),
            "ISO 3166-1 alpha-3 code of the state that it is or belongs to.",
        ),
        column(
            "country_source",
            Get::Text(|view, i| Some(name_of(view.record.clusters[i].country_source.as_ref()?))),
            "What that is known from: `state` (it is one), `name`, `beside`, `list` or `role`.",
        ),
        column(
            "title",
            Get::Text(|view, i| Some(view.record.clusters[i].title.as_deref()?.into())),
            "First office or profession of a person that is not former.",
        ),
        column(
            "entity_ids",
            Get::Texts(|view, i| {
                let mentions = &view.record.clusters[i].mentions;
                mentions.iter().filter_map(|mention| Some(mention.entity.as_deref()?.into())).collect()
            }),
            "Its names, in text order, without the pronouns and nouns that stand for them.",
        ),
        column(
            "forms",
            Get::Texts(|view, i| {
                let mentions = &view.record.clusters[i].mentions;
                let names = mentions.iter().filter(|mention| mention.entity.is_some());
                names.map(|mention| name_of(&mention.form)).collect()
            }),
            "How each of them names it: `name`, `short`, `acronym`, `demonym`, `capital`, `seat`.",
        ),
    ],
};
