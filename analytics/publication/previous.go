package publication

import (
	"errors"
	"io/fs"
	"path/filepath"
)

// OpenPrevious opens the publication that this one follows, beside it; nil where it follows
// none, or that one is not there any more. It may have been run again since: see
// [Publication.Follows].
func (p *Publication) OpenPrevious() (*Publication, error) {
	if p.Previous == nil {
		return nil, nil //nolint:nilnil // a first night is no error
	}
	path, err := filepath.EvalSymlinks(p.Path) // latest
	if err != nil {
		return nil, err
	}
	before, err := Open(filepath.Join(filepath.Dir(path), p.Previous.AsOf))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrUnfinished) {
		return nil, nil //nolint:nilnil // that night was removed
	}
	if err != nil {
		return nil, err
	}
	return before, nil
}

// OpenFollowed opens the publication that this one follows; nil where that is not there any
// more, or was run again since, so that nothing can be held against it.
func (p *Publication) OpenFollowed() (*Publication, error) {
	before, err := p.OpenPrevious()
	if err != nil || !p.Follows(before) {
		return nil, err
	}
	return before, nil
}

// Follows tells whether this is the night after another, as that one is now.
func (p *Publication) Follows(before *Publication) bool {
	return p.Previous != nil && before != nil && *p.Previous == PreviousNight{AsOf: before.AsOf, RunID: before.RunID}
}
