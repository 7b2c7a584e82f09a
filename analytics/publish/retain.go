package publish

import (
	"os"
	"slices"
)

// KeepNights has [Staging.Commit] remove the oldest nights beyond so many, once tonight is in
// place; 0: all are kept. Tonight stays, however old it is, and so does the night that it
// follows, so that tonight run again has the same before it.
//
// Nights that are links were put elsewhere by somebody, and are neither counted nor removed.
func (s *Staging) KeepNights(count int) { s.nights = count }

// Removed are the nights that [Staging.Commit] removed, the oldest first.
func (s *Staging) Removed() []string { return s.gone }

// retire moves the nights out of sight that need not be kept any more, and then removes them:
// a run that is killed leaves no night behind of which a part is missing. The nights are gone
// for readers as soon as they are moved, so those are the ones it returns. What could not be
// removed is left to the next [Begin].
func (s series) retire(count int, tonight string) (gone []string, err error) {
	old, err := s.beyond(count, tonight)
	if err != nil {
		return nil, err
	}
	for _, night := range old {
		if err := s.on.rename(s.final(night), s.retired(night)); err != nil {
			return gone, explain(err, "remove", s.final(night))
		}
		gone = append(gone, night)
	}
	if len(gone) > 0 {
		err = syncFolder(s.on, s.folder)
	}
	for _, night := range gone {
		if err == nil {
			err = s.discard(s.retired(night))
		}
	}
	return gone, err
}

// beyond are the whole nights that are older than the newest count, the oldest first, without
// tonight and the night that it follows.
func (s series) beyond(count int, tonight string) (old []string, err error) {
	entries, err := os.ReadDir(s.folder)
	if err != nil {
		return nil, explain(err, "list", s.folder)
	}
	before, err := s.newest(func(night string) bool { return night < tonight })
	if err != nil {
		return nil, err
	}
	for _, entry := range slices.Backward(entries) { // which ReadDir sorts
		night := entry.Name()
		if !entry.IsDir() || !IsNight(night) {
			continue
		}
		switch whole, err := complete(s.final(night)); {
		case err != nil:
			return nil, err
		case !whole:
		case count > 0:
			count--
		case night != tonight && night != before:
			old = append(old, night)
		}
	}
	slices.Reverse(old)
	return old, nil
}
