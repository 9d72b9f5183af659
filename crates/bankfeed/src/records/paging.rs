//! How a list is read.

use super::token::ResumeToken;

/// How a list is read: how many at a time, from where, how far ahead.
///
/// ```
/// use bankfeed::Paging;
///
/// let paging = Paging::default().page_size(500).count_unmapped();
/// # let _ = paging;
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Paging {
    /// How many records a page should have; the provider's own number when `None`. Providers have limits, and some no
    /// such setting: then it is not sent.
    pub page_size: Option<u32>,
    /// Where to go on.
    pub resume: Option<ResumeToken>,
    /// Whether the next page is fetched while one is consumed. On by default; never more than one page ahead.
    pub prefetch: bool,
    /// Whether members that feed no field are counted in the loss report. Off by default: every record is then read
    /// twice.
    pub count_unmapped: bool,
}

impl Default for Paging {
    fn default() -> Self {
        Self { page_size: None, resume: None, prefetch: true, count_unmapped: false }
    }
}

impl Paging {
    /// So many records a page.
    #[must_use]
    pub fn page_size(self, records: u32) -> Self {
        Self { page_size: Some(records), ..self }
    }

    /// Goes on where a list was left.
    #[must_use]
    pub fn resume(self, token: ResumeToken) -> Self {
        Self { resume: Some(token), ..self }
    }

    /// Fetches each page when it is needed, not before: for providers that bill by request.
    #[must_use]
    pub fn without_prefetch(self) -> Self {
        Self { prefetch: false, ..self }
    }

    /// Counts members that feed no field of the model.
    #[must_use]
    pub fn count_unmapped(self) -> Self {
        Self { count_unmapped: true, ..self }
    }
}
