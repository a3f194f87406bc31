"""A headless Chromium, driven by its DevTools protocol."""

import base64
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import websocket


class Browser:
    """One page of a browser, with what it has asked the network for and what went wrong in it."""

    def __init__(self):
        self.directory = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1280,900"]
        options += ["--remote-debugging-port=0", "--remote-allow-origins=*", f"--user-data-dir={self.directory.name}"]
        # Whatever else it asks its maker for.
        options += ["--no-first-run", "--disable-background-networking", "--disable-component-update"]
        null = subprocess.DEVNULL
        self.process = subprocess.Popen([shutil.which("chromium"), *options, "about:blank"], stdout=null, stderr=null)
        port = self.port()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
            page = next(target for target in json.load(answer) if target["type"] == "page")
        self.socket = websocket.create_connection(page["webSocketDebuggerUrl"], timeout=60)
        self.count, self.requests, self.faults, self.events = 0, [], [], []
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.call(f"{domain}.enable")

    def port(self):
        path = Path(self.directory.name, "DevToolsActivePort")
        for _ in range(600):
            if path.exists() and path.read_text():
                return int(path.read_text().split()[0])
            time.sleep(0.1)
        raise TimeoutError(path)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.directory.cleanup()

    def call(self, method, **parameters):
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.count:
                assert "error" not in message, (method, message)
                return message["result"]
            self.note(message)

    def note(self, message):
        method, parameters = message["method"], message["params"]
        self.events.append(method)
        if method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif method == "Page.javascriptDialogOpening":
            self.faults.append(message)
            # Without an answer the page would stand still.
            self.count += 1
            self.socket.send(json.dumps({"id": self.count, "method": "Page.handleJavaScriptDialog", "params": {"accept": True}}))
        elif method == "Runtime.exceptionThrown" or parameters.get("entry", {}).get("level") == "error":
            self.faults.append(message)
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ["error", "warning"]:
            self.faults.append(message)

    def wait_for(self, event):
        while event not in self.events:
            self.note(json.loads(self.socket.recv()))
        self.events.clear()

    def open(self, path):
        """Opens a file, and returns the seconds until it is there."""
        self.call("Page.navigate", url="about:blank")
        self.wait_for("Page.loadEventFired")
        began = time.monotonic()
        self.call("Page.navigate", url=Path(path).absolute().as_uri())
        self.wait_for("Page.loadEventFired")
        self.eval("document.body.offsetHeight")
        return time.monotonic() - began

    def eval(self, code):
        result = self.call("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True, userGesture=True)
        assert "exceptionDetails" not in result, (code, result)
        return result["result"].get("value")

    def until(self, code):
        """Waits until this holds, for half a minute at most."""
        for _ in range(300):
            if self.eval(code):
                return
            time.sleep(0.1)
        raise TimeoutError(code)

    def place(self, code):
        """The middle of an element, which is brought into view."""
        x, y = self.eval(
            f"(() => {{ const found = {code}; found.scrollIntoView({{ block: 'center', inline: 'center' }});"
            "const box = found.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        return {"x": x, "y": y}

    def point(self, code):
        place = self.place(code)
        self.call("Input.dispatchMouseEvent", type="mouseMoved", **place)
        return place

    def click(self, code):
        place = self.point(code)
        for kind in ["mousePressed", "mouseReleased"]:
            self.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **place)

    def press(self, key, text=""):
        code = {"Tab": 9, "Enter": 13}.get(key, 0)
        for kind in ["keyDown", "keyUp"]:
            more = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **more)

    def picture(self, path, **options):
        data = self.call("Page.captureScreenshot", format="png", **options)["data"]
        Path(path).write_bytes(base64.b64decode(data))
