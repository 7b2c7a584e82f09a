package analytics

import (
	"fmt"

	"clientele/analytics/history"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
)

// staged is a night of which files are staged, for who makes further files of them and of
// the night before. What the two remember of their customers is read once for all of these.
type staged struct {
	place *publish.Staging
	m     *publication.Manifest
	night publication.Publication

	followed  *publication.Publication
	ofBefore  *publication.State // in memory from the stages on; nil: there is none
	looked    bool
	lookError error
}

func newStaged(place *publish.Staging, m *publication.Manifest, before *history.Night) *staged {
	s := &staged{place: place, m: m, night: publication.Publication{Path: place.Folder()}}
	s.night.KeepState(nil)
	if before != nil {
		s.ofBefore = before.Members
	}
	return s
}

// read is the night as it stands.
func (s *staged) read() *publication.Publication {
	s.night.Manifest = *s.m
	return &s.night
}

// before is the night that this one follows; nil: it is the first.
func (s *staged) before() (*publication.Publication, error) {
	if !s.looked {
		s.looked = true
		before, err := s.read().OpenFollowed()
		if err == nil && before != nil {
			before.KeepState(s.ofBefore)
		}
		if s.followed = before; err != nil {
			s.lookError = fmt.Errorf("the night before: %w", err)
		}
	}
	return s.followed, s.lookError
}

// add notes the files that were staged since.
func (s *staged) add(err error) error {
	s.m.Files = s.place.Files()
	return err
}
