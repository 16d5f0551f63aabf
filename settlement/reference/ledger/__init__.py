"""The one book that all faces of the backend write, so that an audit can compare them."""
