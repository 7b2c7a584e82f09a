package explain

// History is the customer on all nights beside a publication.
type History struct{}
