"""What follows what with an application: pure, as `saga` is for money."""
