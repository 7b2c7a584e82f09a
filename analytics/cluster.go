package analytics

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"clientele/analytics/engine"
	"clientele/analytics/engine/spark"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
)

// cluster is a Spark that reads the exports and reduces them, and what stays on its stage
// until the run has come to its end.
type cluster struct {
	*spark.Engine
	stage   *spark.Folder
	listing *ledger.Listing // of the exports
	left    bool            // nothing is staged any more
	table   *shownTable     // nil: customers are not shown there
	looks   bool            // nothing is published, and nobody goes on from what is staged
}

// openCluster opens the cluster of a job. as is how an engine is opened that reads what the
// cluster leaves.
func openCluster(ctx context.Context, j *job.Job, o Options, as engine.Options, looks bool) (_ *cluster, err error) {
	target, err := spark.Target(j.Engine.Spark)
	if err != nil {
		return nil, fmt.Errorf("engine.spark: %w", err)
	}
	if err := spark.CheckStage(j.Engine.StageFolder()); err != nil {
		return nil, err
	}
	purpose := "publish"
	if looks {
		purpose = "look"
	}
	run, err := stagedRun(j, o.Version, purpose)
	if err != nil {
		return nil, err
	}
	connection, err := spark.Connect(ctx, target, o.connection("clientele-"+j.Name+"-"+run))
	if err != nil {
		return nil, fmt.Errorf("engine.spark: %w", err)
	}
	c := &cluster{looks: looks}
	defer func() {
		if err != nil && c.Engine == nil {
			err = errors.Join(err, connection.Close())
		}
	}()
	if c.table, err = openTable(ctx, connection, j); err != nil {
		return nil, err
	}
	if c.listing, err = ledger.List(ctx, connection, j); err != nil {
		return nil, err
	}
	if c.stage, err = spark.OpenFolder(ctx, connection, spark.FolderOptions{Stage: j.Engine.StageFolder(), Job: j.Name, Run: run, Inputs: c.listing.Fingerprint()}); err != nil {
		return nil, err
	}
	reader, err := engine.OpenDuckDB(ctx, as)
	if err != nil {
		return nil, errors.Join(err, c.stage.Close())
	}
	if c.Engine, err = spark.Open(ctx, connection, c.stage, reader); err != nil {
		return nil, errors.Join(err, reader.Close(), c.stage.Close())
	}
	return c, nil
}

// stagedRun names what a run leaves on the stage: the same run, begun again, finds it.
func stagedRun(j *job.Job, version, purpose string) (string, error) {
	settings, err := json.Marshal(j)
	if err != nil {
		return "", err
	}
	const digits = 16 // of the digest: enough that no two nights of a job meet
	sum := sha256.Sum256(fmt.Appendf(settings, "%q %q", version, purpose))
	return hex.EncodeToString(sum[:])[:digits], nil
}

// close ends the session. What a run that did not come to its end has staged stays for it to
// go on from.
func (c *cluster) close() error {
	switch {
	case c == nil:
		return nil
	case c.left:
		return c.Close()
	case c.looks:
		return errors.Join(c.Close(), c.stage.Remove())
	}
	return errors.Join(c.Close(), c.stage.Close())
}

// leaveCluster makes the table of a night that is ready to be published, where the job asks
// for one, and removes what is staged: its own, and what earlier nights did not come to the end
// of. Without a table the session with the cluster is at its end.
func (s *session) leaveCluster(ctx context.Context, place *publish.Staging, m publication.Manifest) error {
	c := s.cluster
	if c == nil {
		return nil
	}
	if err := c.table.prepare(ctx, c.stage, place, m); err != nil {
		return err
	}
	c.left = true
	err := errors.Join(c.stage.RemoveDead(), c.stage.Remove())
	if c.table == nil {
		s.cluster = nil
		err = errors.Join(err, c.Close())
	}
	return err
}

// openOn opens the cluster of a session whose job asks for one.
func (s *session) openOn(ctx context.Context, o Options, looks bool) error {
	if !s.job.Engine.OnSpark() {
		return nil
	}
	err := s.checkBeforehand(ctx)
	if err != nil {
		return err
	}
	s.cluster, err = openCluster(ctx, s.job, o, s.aside, looks)
	return err
}

// checkBeforehand looks at all of a job that this machine can tell by itself. A mistake in it is
// to be known although the cluster is out of reach.
func (s *session) checkBeforehand(ctx context.Context) error {
	if err := ledger.CheckBeforehand(ctx, s.engine, s.job); err != nil {
		return err
	}
	return s.readBeside(ctx)
}

// home is the engine that has the ledger.
func (s *session) home() engine.Engine {
	if s.cluster != nil {
		return s.cluster
	}
	return s.engine
}

// version names the engines.
func (s *session) version() string {
	if s.cluster != nil {
		return s.cluster.Version() + ", " + s.engine.Version()
	}
	return s.engine.Version()
}
