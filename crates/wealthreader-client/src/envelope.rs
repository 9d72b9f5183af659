//! Reading what is in an answer, whichever of its forms it has.

use std::slice;

use bankfeed_runtime as rt;

use crate::error::ApiFailure;
use crate::generated::types::{
    Card, CardOwner, CategoryType, CategoryTypeEnvelope, CategoryTypeGroup, CategoryTypeList, CodeEnvelope, CodeGroup,
    CodeList, CodeMeaning, Entity, EntityEnvelope, EntityList, FinancialData, FinancialDataAnswer, FinancialPayload,
    Financials, Owner, Portfolio, PortfolioComposition, PortfolioPosition, Token, TokenEnvelope, TokenPage, Warning,
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
            Self::Unrecognized(json) => Err(json.why_neither::<FinancialData, Vec<FinancialData>>()),
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
            Some(FinancialPayload::Unrecognized(json)) => {
                Err(json.why_neither::<Financials, Vec<rt::Json>>().below("/payload"))
            }
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

impl EntityList {
    /// The banks, alone or in the common envelope.
    ///
    /// # Errors
    /// When they are neither; the text names the place.
    pub fn entities(&self) -> Result<&[Entity], rt::DecodeError> {
        match self {
            Self::List(entities) => Ok(entities),
            Self::EntityEnvelope(envelope) => Ok(&envelope.payload),
            Self::Unrecognized(json) => Err(json.why_neither::<EntityEnvelope, Vec<Entity>>()),
        }
    }
}

impl TokenPage {
    /// The tokens, alone or in the common envelope.
    ///
    /// # Errors
    /// When they are neither; the text names the place.
    pub fn tokens(&self) -> Result<&[Token], rt::DecodeError> {
        match self {
            Self::List(tokens) => Ok(tokens),
            Self::TokenEnvelope(envelope) => Ok(&envelope.payload),
            Self::Unrecognized(json) => Err(json.why_neither::<TokenEnvelope, Vec<Token>>()),
        }
    }
}

impl CodeList {
    /// The codes, however deep they lie.
    ///
    /// # Errors
    /// When one of them, or what is around them, cannot be read; the text names the place.
    pub fn codes(&self) -> Result<Vec<&CodeMeaning>, rt::DecodeError> {
        let groups: &[CodeGroup] = match self {
            Self::List(groups) => groups,
            Self::CodeEnvelope(envelope) => &envelope.payload,
            Self::Unrecognized(json) => return Err(json.why_neither::<CodeEnvelope, Vec<CodeGroup>>()),
        };
        flat(groups, |group| match group {
            CodeGroup::CodeMeaning(code) => Ok(slice::from_ref(code)),
            CodeGroup::List(codes) => Ok(codes),
            CodeGroup::Unrecognized(json) => Err(json.why_neither::<CodeMeaning, Vec<CodeMeaning>>()),
        })
    }
}

impl CategoryTypeList {
    /// The categories, however deep they lie.
    ///
    /// # Errors
    /// When one of them, or what is around them, cannot be read; the text names the place.
    pub fn category_types(&self) -> Result<Vec<&CategoryType>, rt::DecodeError> {
        let groups: &[CategoryTypeGroup] = match self {
            Self::List(groups) => groups,
            Self::CategoryTypeEnvelope(envelope) => &envelope.payload,
            Self::Unrecognized(json) => {
                return Err(json.why_neither::<CategoryTypeEnvelope, Vec<CategoryTypeGroup>>());
            }
        };
        flat(groups, |group| match group {
            CategoryTypeGroup::CategoryType(category) => Ok(slice::from_ref(category)),
            CategoryTypeGroup::List(categories) => Ok(categories),
            CategoryTypeGroup::Unrecognized(json) => Err(json.why_neither::<CategoryType, Vec<CategoryType>>()),
        })
    }
}

/// What is in all groups; the first that cannot be read ends it.
fn flat<'a, G, T>(
    groups: &'a [G],
    items: impl Fn(&'a G) -> Result<&'a [T], rt::DecodeError>,
) -> Result<Vec<&'a T>, rt::DecodeError> {
    let mut all = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        all.extend(items(group).map_err(|error| error.below(&format!("/{index}")))?);
    }
    Ok(all)
}

impl Portfolio {
    /// What is in it, be it one position, a list or nothing.
    ///
    /// # Errors
    /// When there is something else; the text names the place.
    pub fn positions(&self) -> Result<&[PortfolioPosition], rt::DecodeError> {
        match self.composition.as_ref() {
            Some(PortfolioComposition::PortfolioPosition(position)) => Ok(slice::from_ref(position)),
            Some(PortfolioComposition::List(positions)) => Ok(positions),
            Some(PortfolioComposition::Unrecognized(json)) => {
                Err(json.why_neither::<PortfolioPosition, Vec<PortfolioPosition>>().below("/composition"))
            }
            None => Ok(&[]),
        }
    }
}

impl Card {
    /// Whose it is, under `owner` or `owners`, be it one or a list.
    ///
    /// # Errors
    /// When there is something else; the text names the place.
    pub fn holders(&self) -> Result<&[Owner], rt::DecodeError> {
        match self.owner.as_ref() {
            Some(CardOwner::Owner(owner)) => Ok(slice::from_ref(owner)),
            Some(CardOwner::List(owners)) => Ok(owners),
            Some(CardOwner::Unrecognized(json)) => Err(json.why_neither::<Owner, Vec<Owner>>().below("/owner")),
            None => Ok(self.owners.as_deref().unwrap_or_default()),
        }
    }
}
