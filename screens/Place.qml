import QtQuick

// Where a page stands, and the one that stands there. A Loader that is given a model with each page keeps a little of every page
// it ever showed (Qt 6.11: 190 bytes a page, for ever).
FocusScope {
    id: root

    property Item shown: null

    // Each page's file once read.
    readonly property var read: ({})

    // Nothing comes in place of what stood there when there is no model.
    function bring(url: url, model: QtObject): void {
        const left = shown;
        if (left) {
            left.visible = false;
            left.parent = null;
            left.destroy();
        }
        shown = model ? made(url, model) : null;
    }

    function made(url: url, model: QtObject): Item {
        const file = url.toString();
        if (!read[file])
            read[file] = Qt.createComponent(url);
        const page = read[file].createObject(root, {
            model: model,
            width: width,
            height: height
        });
        if (!page)
            console.warn(read[file].errorString());
        return page;
    }
}
