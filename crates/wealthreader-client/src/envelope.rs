//! Reading what is in an answer, whichever of its forms it has.

use std::slice;

use bankfeed_runtime as rt;

use crate::error::ApiFailure;
use crate::generated::types::{
    Card, CardOwner, CategoryType, CategoryTypeGroup, CategoryTypeList, CodeGroup, CodeList, CodeMeaning, Entity,
    EntityList, FinancialData, FinancialDataAnswer, FinancialPayload, Financials, Owner, Portfolio,
    PortfolioComposition, PortfolioPosition, Token, TokenPage, Warning,
};

impl FinancialDataAnswer {
    /// The answer itself, alone or in its list of one.
    ///
    /// # Errors
    /// When it is neither; the text names the place.
    pub fn data(&self) -> Result<&FinancialData, rt::DecodeError> {
        match self {
            Self::FinancialData(data) => Ok(data),
            Self::List(list) => match list.as_slice() {
                [data] => Ok(data),
                list => Err(rt::DecodeError::new(format!("expected a list of one answer, found {}", list.len()))),
            },
            Self::Unrecognized(json) if json.get().starts_with('[') => Err(why_not::<Vec<FinancialData>>(json)),
            Self::Unrecognized(json) => Err(why_not::<FinancialData>(json)),
        }
    }
}

impl FinancialData {
    /// What the user holds; `None` where the answer has null or an empty list in its place.
    ///
    /// # Errors
    /// When something in it cannot be read; the text names the place.
    pub fn financials(&self) -> Result<Option<&Financials>, rt::DecodeError> {
        match self.payload.as_ref() {
            Some(FinancialPayload::Financials(financials)) => Ok(Some(financials)),
            Some(FinancialPayload::List(list)) if list.is_empty() => Ok(None),
            Some(FinancialPayload::List(_)) => {
                Err(rt::DecodeError::new("expected an object, found a list that is not empty").below("/payload"))
            }
            Some(FinancialPayload::Unrecognized(json)) => Err(why_not::<Financials>(json).below("/payload")),
            None => Ok(None),
        }
    }

    /// What could not be read although the read succeeded.
    pub fn warnings(&self) -> &[Warning] {
        self.statistics.as_ref().and_then(|known| known.warnings.as_deref()).unwrap_or_default()
    }

    /// Why the read failed, if it did. Answers to calls that failed are [`Error`](crate::Error)s already; this is for
    /// answers that were stored.
    pub fn failure(&self) -> Option<ApiFailure> {
        let written = rt::Json::from_serialize(self).ok()?;
        crate::told::in_success(written.get().as_bytes())
    }
}

/// What is wrong with a value that is not of this type.
fn why_not<T: for<'de> rt::Lenient<'de>>(json: &rt::Json) -> rt::DecodeError {
    json.decode::<T>().err().unwrap_or_else(|| rt::DecodeError::new("expected another form"))
}

impl EntityList {
    /// The banks, alone or in the common envelope.
    pub fn entities(&self) -> &[Entity] {
        match self {
            Self::List(entities) => entities,
            Self::EntityEnvelope(envelope) => &envelope.payload,
            Self::Unrecognized(_) => &[],
        }
    }
}

impl TokenPage {
    /// The tokens, alone or in the common envelope.
    pub fn tokens(&self) -> &[Token] {
        match self {
            Self::List(tokens) => tokens,
            Self::TokenEnvelope(envelope) => &envelope.payload,
            Self::Unrecognized(_) => &[],
        }
    }
}

impl CodeList {
    /// The codes, however deep they lie.
    pub fn codes(&self) -> impl Iterator<Item = &CodeMeaning> {
        let groups: &[CodeGroup] = match self {
            Self::List(groups) => groups,
            Self::CodeEnvelope(envelope) => &envelope.payload,
            Self::Unrecognized(_) => &[],
        };
        groups.iter().flat_map(|group| match group {
            CodeGroup::CodeMeaning(code) => slice::from_ref(code),
            CodeGroup::List(codes) => codes,
            CodeGroup::Unrecognized(_) => &[],
        })
    }
}

impl CategoryTypeList {
    /// The categories, however deep they lie.
    pub fn category_types(&self) -> impl Iterator<Item = &CategoryType> {
        let groups: &[CategoryTypeGroup] = match self {
            Self::List(groups) => groups,
            Self::CategoryTypeEnvelope(envelope) => &envelope.payload,
            Self::Unrecognized(_) => &[],
        };
        groups.iter().flat_map(|group| match group {
            CategoryTypeGroup::CategoryType(category) => slice::from_ref(category),
            CategoryTypeGroup::List(categories) => categories,
            CategoryTypeGroup::Unrecognized(_) => &[],
        })
    }
}

impl Portfolio {
    /// What is in it, be it one position, a list or nothing.
    pub fn positions(&self) -> &[PortfolioPosition] {
        match self.composition.as_ref() {
            Some(PortfolioComposition::PortfolioPosition(position)) => slice::from_ref(position),
            Some(PortfolioComposition::List(positions)) => positions,
            _ => &[],
        }
    }
}

impl Card {
    /// Whose it is, under `owner` or `owners`, be it one or a list.
    pub fn holders(&self) -> &[Owner] {
        match self.owner.as_ref() {
            Some(CardOwner::Owner(owner)) => slice::from_ref(owner),
            Some(CardOwner::List(owners)) => owners,
            _ => self.owners.as_deref().unwrap_or_default(),
        }
    }
}
