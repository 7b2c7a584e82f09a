package main

import (
	"path/filepath"
	"slices"
	"time"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
)

// timePlan tells how long the rest of a run will take: each step as long as on the last
// night, times what tonight's steps took of theirs so far.
type timePlan struct {
	steps     []string
	then      map[string]time.Duration // of the last night; empty: there is none
	tookThen  time.Duration            // of the steps that are done, then
	tookSince time.Duration            // and tonight
}

// planOf takes the times from the last publication of a job. Where there is none that can
// be read, nothing is told.
func planOf(j *job.Job, steps []string) *timePlan {
	p := &timePlan{steps: steps, then: map[string]time.Duration{}}
	last, err := publication.Open(filepath.Join(j.Output.Dir, j.Name, publish.LatestLink))
	if err != nil {
		return p
	}
	for step, seconds := range last.Timings {
		p.then[step] = time.Duration(seconds * float64(time.Second))
	}
	return p
}

// done notes what a step took.
func (p *timePlan) done(step string, took time.Duration) {
	if then, known := p.then[step]; known {
		p.tookThen += then
		p.tookSince += took
	}
}

// left is about how long a step that began some time ago will go on, 0 where it takes longer
// than it was to, and how long all will. What takes less than a second is not worth telling.
func (p *timePlan) left(step string, since time.Duration) (ofStep, ofAll time.Duration, known bool) {
	if _, known = p.then[step]; !known {
		return 0, 0, false
	}
	slower := 1.
	if p.tookThen >= time.Second { // of less the ratio is chance
		slower = float64(p.tookSince) / float64(p.tookThen)
	}
	at := slices.Index(p.steps, step)
	for i, name := range p.steps[max(at, 0):] {
		took := time.Duration(slower * float64(p.then[name]))
		if i == 0 {
			took = max(0, took-since)
			ofStep = took
		}
		ofAll += took
	}
	return ofStep, ofAll, ofAll >= time.Second
}
