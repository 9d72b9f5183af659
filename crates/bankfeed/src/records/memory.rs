//! Lists that are there as a whole.

use serde_json::{Value, json};

use super::pages::{BoxPages, Group, OnePage, PageOf};
use crate::error::{Error, ErrorKind};

/// A list whose records all come at once, from memory or from one call. It is left and resumed by count, and by the mark
/// of the last record taken, so that a list that changed meanwhile is noticed.
pub(crate) fn whole<T, F, M>(resume: Option<Value>, load: F, mark: M) -> BoxPages<T>
where
    T: Send + 'static,
    F: Future<Output = Result<Vec<Result<T, Error>>, Error>> + Send + 'static,
    M: Fn(&T) -> String + Send + 'static,
{
    let start = resume.clone().unwrap_or_else(|| json!({"taken": 0}));
    Box::new(OnePage::new(start, async move {
        let records = load.await?;
        let marks: Vec<String> = records.iter().map(|record| record.as_ref().map(&mark).unwrap_or_default()).collect();
        let taken = resume.map_or(Ok(0), |at| taken_before(&at, &marks))?;
        let groups = records.into_iter().skip(taken).map(Group::One);
        let position = move |taken: usize| {
            let last = taken.checked_sub(1).and_then(|last| marks.get(last));
            json!({"taken": taken, "last": last})
        };
        Ok(PageOf { groups: Box::new(groups), taken, position: Box::new(position) })
    }))
}

/// How many records come before the position, if the list is still the one that was left.
fn taken_before(at: &Value, marks: &[String]) -> Result<usize, Error> {
    let taken = at["taken"].as_u64().and_then(|taken| usize::try_from(taken).ok());
    let Some(taken) = taken else {
        return Err(Error::of(ErrorKind::ResumeRefused).message("it has no position of this list"));
    };
    let last = taken.checked_sub(1).map(|last| marks.get(last).map(String::as_str));
    match last {
        None => Ok(0),
        Some(mark) if mark.is_some() && mark == at["last"].as_str() => Ok(taken),
        Some(_) => {
            Err(Error::of(ErrorKind::ResumeRefused).message("the list has changed since it was left: start it over"))
        }
    }
}
