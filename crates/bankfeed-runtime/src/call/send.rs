//! The typed ends of a call. Everything heavy happens in the transport, which knows no types.

use bytes::Bytes;
use http::header::CONTENT_TYPE;

use super::{Body, ByStatus, Call, Response};
use crate::de::{DecodeError, Lenient};
use crate::error::{ApiError, Error, Failure, refusal};
use crate::paging::{ItemStream, Page};
use crate::transport::{Answer, BoxFuture};

impl Call {
    /// Sends and reads the answer as JSON.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn send<T: for<'de> Lenient<'de>, E: ApiError>(self) -> Result<Response<T>, Error<E>> {
        finish(self.exchange::<E>().await, |answer| crate::de::from_slice(&answer.body))
    }

    /// Sends and expects nothing back; a body, if there is one, is left alone.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn send_empty<E: ApiError>(self) -> Result<Response<()>, Error<E>> {
        finish(self.exchange::<E>().await, |_| Ok(()))
    }

    /// Sends and reads the answer as JSON, or as nothing when there is no body.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn send_optional<T: for<'de> Lenient<'de>, E: ApiError>(self) -> Result<Response<Option<T>>, Error<E>> {
        finish(self.exchange::<E>().await, |answer| {
            if answer.body.trim_ascii().is_empty() { Ok(None) } else { crate::de::from_slice(&answer.body).map(Some) }
        })
    }

    /// Sends and returns the answer's bytes, asking for a media type such as `application/pdf`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn send_bytes<E: ApiError>(mut self, accept: &'static str) -> Result<Response<Bytes>, Error<E>> {
        self.draft.accept = accept;
        finish(self.exchange::<E>().await, |answer| Ok(answer.body.clone()))
    }

    /// Sends and returns the answer's text.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn send_text<E: ApiError>(mut self) -> Result<Response<String>, Error<E>> {
        self.draft.accept = "text/*";
        finish(self.exchange::<E>().await, |answer| {
            String::from_utf8(answer.body.to_vec()).map_err(|_| DecodeError::new("not UTF-8 text"))
        })
    }

    /// Sends and reads the answer as its status says.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn send_by_status<T: ByStatus, E: ApiError>(self) -> Result<Response<T>, Error<E>> {
        finish(self.exchange::<E>().await, |answer| {
            let content_type = answer.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
            let content_type =
                content_type.map(|value| value.split(';').next().unwrap_or(value).trim().to_ascii_lowercase());
            T::decode(answer.status.as_u16(), &Body::new(answer.body.clone(), content_type))
                .unwrap_or_else(|| Err(DecodeError::new("a success status this operation does not have")))
        })
    }

    /// The items of this list, page by page.
    pub fn stream<P: Page, E: ApiError>(self) -> ItemStream<P, E> {
        ItemStream::new(self.transport, self.draft)
    }

    fn exchange<E: ApiError>(self) -> BoxFuture<Result<Answer, Box<Failure>>> {
        self.transport.exchange(self.draft, refusal::<E>)
    }
}

/// Turns an exchange into its typed result.
pub(crate) fn finish<T, E: ApiError>(
    exchange: Result<Answer, Box<Failure>>,
    decode: impl FnOnce(&Answer) -> Result<T, DecodeError>,
) -> Result<Response<T>, Error<E>> {
    let answer = exchange.map_err(Error::from_failure)?;
    match decode(&answer) {
        Ok(value) => {
            let Answer { status, headers, request_id, body, .. } = answer;
            Ok(Response { value, status, headers, request_id, raw: body })
        }
        Err(error) => Err(Error::from_failure(Failure::decode(answer, &error))),
    }
}
