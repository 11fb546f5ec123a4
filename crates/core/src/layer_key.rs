//! Which layers a stage requires, uses and provides.

use std::any::TypeId;
use std::fmt::Debug;

use schemars::{Schema, SchemaGenerator};

use crate::interned::interned;
use crate::{ForeignLayer, Layer};

/// A layer type as a value, for declaring what a stage requires and provides.
///
/// A key of a name alone ([`LayerKey::any`]) equals every key of that name.
#[derive(Clone, Copy)]
pub struct LayerKey {
    name: &'static str,
    type_id: Option<TypeId>,
    in_record: bool,
    joins: bool,
    schema: SchemaSource,
}

#[derive(Clone, Copy)]
enum SchemaSource {
    Type(fn(&mut SchemaGenerator) -> Schema),
    Given(&'static Schema),
}

impl LayerKey {
    /// The key of layer type `L`.
    ///
    /// ```
    /// use docmill_core::LayerKey;
    /// use docmill_core::layers::{Entities, Tokens};
    ///
    /// let key = LayerKey::of::<Entities>();
    /// assert_eq!(key.name(), "entities");
    /// assert!(key.joins() && key != LayerKey::of::<Tokens>());
    /// ```
    pub fn of<L: Layer>() -> Self {
        Self {
            name: L::NAME,
            type_id: Some(TypeId::of::<L>()),
            in_record: L::IN_RECORD,
            joins: L::JOINS,
            schema: SchemaSource::Type(SchemaGenerator::subschema_for::<L::Record>),
        }
    }

    /// The key of a layer that another program makes, with the JSON Schema of what the output shows. The schema is kept
    /// for good.
    ///
    /// ```
    /// use docmill_core::LayerKey;
    /// use docmill_core::schemars::json_schema;
    ///
    /// let key = LayerKey::foreign("cities", json_schema!({ "type": "array" }));
    /// assert_eq!((key.name(), key.in_record()), ("cities", true));
    /// ```
    pub fn foreign(name: &str, schema: Schema) -> Self {
        Self {
            name: interned(name),
            type_id: Some(TypeId::of::<ForeignLayer>()),
            in_record: true,
            joins: false,
            schema: SchemaSource::Given(Box::leak(Box::new(schema))),
        }
    }

    /// The key of the layer with this name, for a stage that reads its record without knowing its type.
    ///
    /// ```
    /// use docmill_core::LayerKey;
    /// use docmill_core::layers::Entities;
    ///
    /// assert_eq!(LayerKey::any("entities"), LayerKey::of::<Entities>());
    /// assert_ne!(LayerKey::any("percents"), LayerKey::of::<Entities>());
    /// ```
    pub fn any(name: &str) -> Self {
        // Whether it reaches the output is for the stage that provides it to say; this key never has it dropped.
        let schema = SchemaSource::Type(|_| Schema::default());
        Self { name: interned(name), type_id: None, in_record: true, joins: false, schema }
    }

    /// [`Layer::NAME`].
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// [`Layer::IN_RECORD`].
    pub fn in_record(&self) -> bool {
        self.in_record
    }

    /// [`Layer::JOINS`].
    pub fn joins(&self) -> bool {
        self.joins
    }

    /// JSON Schema of the layer's record.
    pub fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        match self.schema {
            SchemaSource::Type(schema) => schema(generator),
            SchemaSource::Given(schema) => schema.clone(),
        }
    }
}

impl PartialEq for LayerKey {
    fn eq(&self, other: &Self) -> bool {
        let same_type = self.type_id.zip(other.type_id).is_none_or(|(one, two)| one == two);
        self.name == other.name && same_type
    }
}

impl Debug for LayerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}
