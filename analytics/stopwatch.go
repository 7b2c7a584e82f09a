package analytics

import "time"

// stopwatch measures how long the stages take. It is the only reader of the
// clock in a run, and what it reads goes nowhere but into run.json's timings.
type stopwatch struct {
	step    func(string)
	name    string
	began   time.Time
	seconds map[string]float64
}

func newStopwatch(step func(string)) *stopwatch {
	return &stopwatch{step: step, seconds: map[string]float64{}}
}

// start ends the stage before and begins the named one.
func (s *stopwatch) start(name string) {
	s.lap()
	s.name, s.began = name, time.Now()
	s.step(name)
}

// stop ends the last stage and gives the seconds that each took.
func (s *stopwatch) stop() map[string]float64 {
	s.lap()
	s.name = ""
	return s.seconds
}

func (s *stopwatch) lap() {
	if s.name != "" {
		s.seconds[s.name] += time.Since(s.began).Round(time.Millisecond).Seconds()
	}
}
