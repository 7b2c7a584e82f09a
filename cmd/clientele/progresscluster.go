package main

import (
	"fmt"
	"strconv"
	"time"
)

// clusterLines is how often a log has a line of how far a cluster is.
const clusterLines = time.Minute

// onCluster tells how far a cluster is with a statement, beside the step.
func (p *progress) onCluster(done, known int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		p.read = true
		p.describe(p.say.Say("progress.tasks", "step", p.say.SayOf("step", p.name), "done", strconv.FormatInt(done, 10), "known", strconv.FormatInt(known, 10)))
		return
	}
	if now := time.Now(); now.Sub(p.told) >= clusterLines {
		p.told = now
		p.log.Info(fmt.Sprintf("the cluster has done %d of %d tasks", done, known))
	}
}

// waiting tells that a cluster is out of reach, and that it is waited for.
func (p *progress) waiting(fault error, wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		p.read = true
		p.describe(p.say.Say("progress.waiting", "step", p.say.SayOf("step", p.name)))
		return
	}
	p.log.Warn("the cluster is out of reach, trying again", "wait", wait.String(), "fault", fault.Error())
}
