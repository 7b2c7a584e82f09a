package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/internal/wording"
)

func TestReadSoFar(t *testing.T) {
	say := func(read int64, took time.Duration) string {
		return readSoFar(wording.In("en"), "reading", read, 200_000_000, took)
	}
	require.Equal(t, "reading: 50 MB of 200 MB", say(50_000_000, time.Second), "too early to tell")
	require.Equal(t, "reading: 50 MB of 200 MB, 30s left", say(50_000_000, 10*time.Second))
	require.Equal(t, "reading: 200 MB of 200 MB", say(200_000_000, 10*time.Second))
	require.Equal(t, "reading: 0 B of 200 MB", say(0, 10*time.Second))
}

// A log has a line a minute of what a cluster does, and one of each wait for it.
func TestClusterInTheLog(t *testing.T) {
	var log bytes.Buffer
	p := newProgress(&log, logJSON, false, nil, "en")
	p.onCluster(3, 16)
	p.onCluster(4, 16)
	p.waiting(errors.New("nobody home"), time.Second)
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	require.Len(t, lines, 2)
	require.Contains(t, lines[0], `"msg":"the cluster has done 3 of 16 tasks"`)
	require.Contains(t, lines[1], `"level":"WARN","msg":"the cluster is out of reach, trying again","wait":"1s","fault":"nobody home"`)
}

// The rest of a night that is twice as slow as the last one takes twice as long.
func TestTimeLeftByTheLastNight(t *testing.T) {
	p := &timePlan{steps: []string{"load", "clv", "publish"}, then: map[string]time.Duration{
		"load": 10 * time.Second, "clv": 20 * time.Second, "publish": 5 * time.Second,
	}}
	left := func(step string, since time.Duration) [2]time.Duration {
		ofStep, ofAll, known := p.left(step, since)
		require.True(t, known)
		return [2]time.Duration{ofStep, ofAll}
	}
	require.Equal(t, [2]time.Duration{10 * time.Second, 35 * time.Second}, left("load", 0))
	require.Equal(t, [2]time.Duration{4 * time.Second, 29 * time.Second}, left("load", 6*time.Second))
	require.Equal(t, [2]time.Duration{0, 25 * time.Second}, left("load", 12*time.Second), "longer than it was to")
	p.done("load", 20*time.Second)
	require.Equal(t, [2]time.Duration{40 * time.Second, 50 * time.Second}, left("clv", 0))
	p.done("clv", 40*time.Second)
	require.Equal(t, [2]time.Duration{10 * time.Second, 10 * time.Second}, left("publish", 0))
	_, _, known := p.left("publish", 10*time.Second)
	require.False(t, known, "nothing is left to tell")
	_, _, known = (&timePlan{steps: p.steps}).left("clv", 0)
	require.False(t, known, "a first night")
}

func TestWhatIsLeftInWords(t *testing.T) {
	p := progress{name: "clv", plan: &timePlan{steps: []string{"clv", "publish"}, then: map[string]time.Duration{"clv": 90 * time.Second, "publish": 5 * time.Second}}}
	p.say = wording.In("en")
	require.Equal(t, "working out lifetime values: about 1m0s left, 1m5s for all", p.left(30*time.Second))
	require.Equal(t, "working out lifetime values: about 5s left for all", p.left(2*time.Minute))
	p.say = wording.In("zh")
	require.Equal(t, "计算客户终身价值：约还需1m0s，全部约1m5s", p.left(30*time.Second))
	p.plan = &timePlan{}
	require.Equal(t, "计算客户终身价值", p.left(0))
}

// Every step has words in each language.
func TestStepsHaveWords(t *testing.T) {
	for _, language := range wording.Languages {
		for _, step := range append(analytics.BacktestSteps, analytics.StepsOf(&job.Job{Activation: &job.Activation{}})...) {
			require.True(t, wording.In(language).Has("step", step), "%s: step.%s", language, step)
		}
	}
}
