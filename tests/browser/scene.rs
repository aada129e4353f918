//! How to get a session to call its user from a certain place, in a browser with a server.

use steadysocket::core::{Options, QueueOptions};

use crate::client::{Client, beating, swift};
use crate::page::{inflict, refused_url};
use crate::recorder::{Place, Road};

impl Place {
    /// A session that is not opened yet, and what it needs to come there.
    pub(crate) fn client(self) -> Client {
        match self {
            Self::Error => Client::over(&swift(), [Road::To(refused_url())]),
            Self::Report => Client::over(&swift(), [Road::Throws]),
            Self::Heartbeat | Self::Latency => Client::new(&beating(5.0, 5_000.0)),
            Self::Judge => Client::new(&Options { judge: true, ..swift() }),
            Self::Dropped => {
                let queue = QueueOptions { max_messages: 1.0, ..QueueOptions::default() };
                Client::new(&Options { queue: Some(queue), ..swift() })
            }
            _ => Client::new(&swift()),
        }
    }

    /// Has happen what leads there.
    pub(crate) async fn provoke(self, client: &Client) {
        match self {
            Self::Message | Self::Drained => assert_eq!(client.send("first"), Ok(())),
            Self::Dropped => {
                assert_eq!(client.send("first"), Ok(()));
                // Drops the first one, and tells so before it returns.
                assert_eq!(client.send("second"), Ok(()));
                return;
            }
            _ => {}
        }
        client.driver().open();
        match self {
            Self::Reason => {
                client.until(Place::Opened).await;
                client.close();
            }
            Self::Judge | Self::Disconnected | Self::RetryScheduled | Self::Closed => {
                client.until(Place::Opened).await;
                let code = if self == Self::Closed { 4400 } else { 4000 };
                inflict(&client.name, &format!(r#""fault": "close", "code": {code}"#)).await;
            }
            _ => {}
        }
    }
}
