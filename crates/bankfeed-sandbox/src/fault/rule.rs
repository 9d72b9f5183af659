//! A fault, and whom it hits.

use std::fmt;
use std::str::FromStr;

use super::grammar::{FaultError, fault, single};
use super::model::Fault;
use crate::Provider;
use crate::playbook::Playbook;

/// What stands for any provider, and for any operation.
const ANY: &str = "*";

/// A [`Fault`], and whom it hits: `PROVIDER OPERATION FAULT`, with `*` for any, such as `belvo list_accounts rate-limit times=2`.
///
/// A fault that cannot be played on an operation is refused there with the reason (status 400, header `x-sandbox-refused`), when the rule
/// names the operation; a rule for any operation passes it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub(super) provider: Option<Provider>,
    pub(super) operation: Option<String>,
    pub(super) fault: Fault,
}

impl Rule {
    /// A fault for a provider and one of its operations; `None` for any.
    ///
    /// ```
    /// # fn main() -> Result<(), bankfeed_sandbox::FaultError> {
    /// use bankfeed_sandbox::{Fault, Provider, Rule};
    ///
    /// let rule = Rule::new(Provider::Belvo, "list_accounts", Fault::cut().times(1))?;
    /// assert_eq!(rule.to_string(), "belvo list_accounts cut times=1");
    /// let everywhere = Rule::new(None, None, Fault::cut())?;
    /// assert_eq!(everywhere.to_string(), "* * cut");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the provider has no operation of this id, or when the fault is told what it does not take.
    pub fn new<'a>(
        provider: impl Into<Option<Provider>>,
        operation: impl Into<Option<&'a str>>,
        fault: Fault,
    ) -> Result<Self, FaultError> {
        let (provider, operation) = (provider.into(), operation.into());
        fault.check()?;
        if let Some(operation) = operation {
            let among: Vec<Provider> =
                Provider::ALL.into_iter().filter(|known| provider.is_none_or(|p| p == *known)).collect();
            if !among.iter().any(|provider| Playbook::of(*provider).operation(operation).is_some()) {
                let known = among.iter().flat_map(|provider| &Playbook::of(*provider).operations);
                let known = known.map(|known| known.id.as_str());
                let whose = provider.map_or_else(|| "operation".to_owned(), |name| format!("operation of {name}"));
                return Err(FaultError::unknown(&whose, operation, known));
            }
        }
        Ok(Self { provider, operation: operation.map(str::to_owned), fault })
    }

    pub(super) fn is_for(&self, provider: Provider, operation: &str) -> bool {
        self.provider.is_none_or(|own| own == provider) && self.operation.as_ref().is_none_or(|own| own == operation)
    }
}

fn incomplete() -> FaultError {
    FaultError::new("a rule is `PROVIDER OPERATION FAULT`, with `*` for any")
}

/// A rule from its words.
fn rule(words: &[String]) -> Result<Rule, FaultError> {
    let [provider, operation, rest @ ..] = words else {
        return Err(incomplete());
    };
    if rest.is_empty() {
        return Err(incomplete());
    }
    let provider = match provider.as_str() {
        ANY => None,
        name => {
            let names = Provider::ALL.iter().map(|provider| provider.name());
            Some(name.parse::<Provider>().map_err(|_| FaultError::unknown("provider", name, names))?)
        }
    };
    let fault = fault(rest)?;
    Rule::new(provider, Some(operation.as_str()).filter(|operation| *operation != ANY), fault)
}

impl FromStr for Rule {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        rule(&single(text)?)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let provider = self.provider.map_or(ANY, Provider::name);
        write!(f, "{provider} {} {}", self.operation.as_deref().unwrap_or(ANY), self.fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_as_they_are_printed() {
        for provider in [None, Some(Provider::Belvo), Some(Provider::SaltEdge)] {
            for operation in [None, Some("list_accounts"), Some("list_transactions")] {
                let rule = Rule::new(provider, operation, Fault::nulls().at("/a b").times(3)).unwrap();
                assert_eq!(rule.to_string().parse(), Ok(rule));
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        let problem = |text: &str| text.parse::<Rule>().unwrap_err().to_string();
        for (text, told) in [
            ("bevlo list_accounts cut", "provider `bevlo` is unknown; `belvo` is known"),
            ("belvo list_acounts cut", "operation of belvo `list_acounts` is unknown; `list_accounts` is known"),
            ("* list_tokns cut", "operation `list_tokns` is unknown; `list_tokens` is known"),
            ("belvo cut", "a rule is `PROVIDER OPERATION FAULT`, with `*` for any"),
            ("belvo list_accounts", "a rule is `PROVIDER OPERATION FAULT`, with `*` for any"),
            ("* * cut; * * cut", "`;` stands between the faults of a header; here is one alone"),
        ] {
            assert_eq!(problem(text), told);
        }
        let told = problem("khipu list_accounts cut");
        assert!(told.contains("known are retrieve_santander_ar_current_day_balances"), "{told}");
    }

    #[test]
    fn a_program_cannot_tell_a_fault_what_it_does_not_take() {
        let problem = |fault| Rule::new(None, None, fault).unwrap_err().to_string();
        assert_eq!(problem(Fault::status(200)), "`code` of `status` is from 400 to 599, not 200");
        assert!(problem(Fault::cut().at("/data")).starts_with("`cut` takes no key of the name: `at`"));
        assert!(problem(Fault::content_type("a\nb")).contains("cannot stand in a header"));
    }
}
