//! Reading a connection: the one call that is billed.

use std::sync::Arc;

use rt::jiff::{Span, civil, tz::TimeZone};
use wealthreader_client::types::{FinancialDataRequest, ProductType};
use wealthreader_client::{Configure as _, ErrorExt as _};

use bankfeed_runtime as rt;

use super::WealthReader;
use super::answer::Answer;
use super::connection_id::ConnectionRef;
use super::failure::read_failure;
use super::held::Window;
use crate::Date;
use crate::error::Error;
use crate::model::ConnectionId;

impl WealthReader {
    /// The connection's answer: the one that is held if it will do.
    pub(super) async fn answer(&self, id: &ConnectionId, window: Window) -> Result<Arc<Answer>, Error> {
        let connection = ConnectionRef::parse(id)?;
        connection.bank()?;
        self.inner.held.get(id, window, || self.read(&connection, window)).await
    }

    /// An answer that is read now.
    pub(super) async fn answer_anew(&self, id: &ConnectionId, window: Window) -> Result<Arc<Answer>, Error> {
        let connection = ConnectionRef::parse(id)?;
        connection.bank()?;
        self.inner.held.renew(id, || self.read(&connection, window)).await
    }

    /// What a list of movements needs. Days to come are asked for only where the filter reaches beyond today.
    pub(super) fn window(&self, since: Option<Date>, until: Option<Date>) -> Window {
        let since = since.unwrap_or(self.inner.settings.history_from);
        Window { since: Some(since), until: until.filter(|until| until.date() > self.tomorrow()) }
    }

    async fn read(&self, connection: &ConnectionRef, wanted: Window) -> (Window, Result<Answer, Error>) {
        let since = wanted.since.unwrap_or(self.inner.settings.history_from);
        let window = Window { since: Some(since), until: wanted.until };
        (window, self.read_once(connection, window).await)
    }

    async fn read_once(&self, connection: &ConnectionRef, window: Window) -> Result<Answer, Error> {
        let mut request = FinancialDataRequest::new(connection.bank()?).token(connection.token().clone());
        if let Some(since) = window.since {
            // The first day has to lie before today, wherever the bank is.
            let latest = self.today().saturating_sub(Span::new().days(2));
            request = request.date_from(since.date().min(latest));
        }
        if let Some(until) = window.until {
            request = request.date_to(until);
        }
        if !self.inner.settings.products.is_empty() {
            let products = self.inner.settings.products.iter().map(|product| ProductType::from(product.as_str()));
            request = request.product_types(products);
        }
        let mut call = self.inner.client.read_financial_data(request);
        if let Some(timeout) = self.inner.settings.read_timeout {
            call = call.timeout(timeout);
        }
        match call.send().await {
            Ok(answer) => Answer::read(answer.raw().clone()),
            // The provider's way to say that there is nothing.
            Err(error) if error.is_not_contracted() => Ok(Answer::empty()),
            Err(error) => Err(read_failure(error)),
        }
    }

    fn today(&self) -> civil::Date {
        self.inner.settings.clock.now().to_zoned(TimeZone::UTC).date()
    }

    /// A day that is past no bank's today.
    fn tomorrow(&self) -> civil::Date {
        self.today().saturating_add(Span::new().days(1))
    }
}
