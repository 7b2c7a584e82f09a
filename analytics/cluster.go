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
)

// cluster is a Spark that reads the exports and reduces them, and what stays on its stage
// until the run has come to its end.
type cluster struct {
	*spark.Engine
	stage *spark.Folder
}

// openCluster opens the cluster of a job. as is how an engine is opened that reads what the
// cluster leaves.
func openCluster(ctx context.Context, j *job.Job, o Options, as engine.Options) (_ *cluster, err error) {
	target, err := spark.Target(j.Engine.Spark)
	if err != nil {
		return nil, fmt.Errorf("engine.spark: %w", err)
	}
	folder, err := spark.StagePath(j.Engine.Stage)
	if err != nil {
		return nil, fmt.Errorf("engine.stage: %w", err)
	}
	run, err := stagedRun(j, o.Version)
	if err != nil {
		return nil, err
	}
	connection, err := spark.Connect(ctx, target, o.connection("clientele-"+j.Name+"-"+run))
	if err != nil {
		return nil, fmt.Errorf("engine.spark: %w", err)
	}
	c := &cluster{}
	defer func() {
		if err != nil && c.Engine == nil {
			err = errors.Join(err, connection.Close())
		}
	}()
	inputs, err := ledger.ClusterInputs(ctx, connection, j)
	if err != nil {
		return nil, err
	}
	if c.stage, err = spark.OpenFolder(ctx, connection, spark.FolderOptions{Stage: folder, Job: j.Name, Run: run, Inputs: inputs}); err != nil {
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
func stagedRun(j *job.Job, version string) (string, error) {
	settings, err := json.Marshal(j)
	if err != nil {
		return "", err
	}
	const digits = 16 // of the digest: enough that no two nights of a job meet
	sum := sha256.Sum256(append(settings, version...))
	return hex.EncodeToString(sum[:])[:digits], nil
}

// close ends the session, and the stage of a run that has come to its end.
func (c *cluster) close(done bool) error {
	if c == nil {
		return nil
	}
	if !done {
		return errors.Join(c.Close(), c.stage.Close())
	}
	return errors.Join(c.Close(), c.stage.Remove())
}

// openOn opens the cluster of a session whose job asks for one.
func (s *session) openOn(ctx context.Context, o Options) error {
	if !s.job.Engine.OnSpark() {
		return nil
	}
	var err error
	s.cluster, err = openCluster(ctx, s.job, o, s.aside)
	return err
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
