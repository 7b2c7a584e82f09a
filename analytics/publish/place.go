package publish

import (
	"errors"
	"fmt"
	"syscall"
)

// place gives the sealed staging folder its final name. What it replaces ends
// up under one of the working names, from which Commit removes it.
func (s *Staging) place() error {
	final := s.home.final(s.night)
	taken, err := exists(final)
	if err != nil {
		return err
	}
	if !taken {
		return explain(s.home.on.rename(s.path, final), "put in place", final)
	}
	err = s.home.on.exchange(s.path, final)
	if cannotExchange(err) {
		return s.replaceInTwoSteps()
	}
	return explain(err, "replace", final)
}

// cannotExchange tells that the system or the file system has no exchange of
// two names. File systems without it answer EINVAL, kernels without it ENOSYS,
// and container sandboxes that do not know the call EPERM. A real lack of
// permission shows again, with the right message, in the two steps.
func cannotExchange(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.EPERM)
}

// replaceInTwoSteps moves the present folder aside and the new one in. Between
// the steps the night has no folder under its name; series.undo repairs a run
// that was killed there.
func (s *Staging) replaceInTwoSteps() error {
	final, aside := s.home.final(s.night), s.home.replaced(s.night)
	if err := s.home.on.rename(final, aside); err != nil {
		return explain(err, "replace", final)
	}
	// The first step is made durable alone: a power cut must not be able to
	// keep the second and lose it.
	err := syncFolder(s.home.on, s.home.folder)
	if err == nil {
		err = explain(s.home.on.rename(s.path, final), "put in place", final)
	}
	if err == nil {
		return nil
	}
	if back := s.home.on.rename(aside, final); back != nil {
		return fmt.Errorf("%w (the earlier publication is in %s; the next run moves it back)", err, aside)
	}
	return err
}
