//! An echo server on axum, for the interoperability tests.

use axum::Router;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::routing::any;
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let port = std::env::args().nth(1).expect("a port");
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await.expect("a free port");
    let upgrade = |upgrade: WebSocketUpgrade| async { upgrade.protocols(["echo"]).on_upgrade(serve) };
    axum::serve(listener, Router::new().route("/echo", any(upgrade))).await.expect("a server");
}

/// Until the client leaves.
async fn serve(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        let answer = match message {
            Message::Text(text) => answer(&text),
            Message::Binary(_) => message,
            // Pings and the close are answered by axum.
            _ => continue,
        };
        if socket.send(answer).await.is_err() {
            break;
        }
    }
}

fn answer(text: &str) -> Message {
    if let Some((code, reason)) =
        text.strip_prefix("close ").map(|rest| rest.split_once(' ').unwrap_or((rest, "")))
    {
        let code = code.parse().expect("a close code");
        return Message::Close(Some(CloseFrame { code, reason: reason.into() }));
    }
    Message::text(if text == "ping" { "pong" } else { text })
}
