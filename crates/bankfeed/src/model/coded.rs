//! A value of the model beside the provider's word for it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the model makes of a provider's word, and the word itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Coded{T}")]
#[non_exhaustive]
pub struct Coded<T> {
    /// The model's value; `None` when the word is not known, which the loss report counts, or says nothing of the kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<T>,
    /// The provider's own word; `None` when the value follows from something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
}

impl<T> Coded<T> {
    /// A value and the word that stands for it.
    pub fn new(value: impl Into<Option<T>>, word: impl Into<String>) -> Self {
        Self { value: value.into(), word: Some(word.into()) }
    }

    /// A value for which the provider has no word.
    pub fn implied(value: T) -> Self {
        Self { value: Some(value), word: None }
    }

    /// Whether it is this value.
    pub fn is(&self, value: &T) -> bool
    where
        T: PartialEq,
    {
        self.value.as_ref() == Some(value)
    }
}
