package job

import "path/filepath"

// OutputDir is where publications go: output.dir as seen from the job file.
func (j *Job) OutputDir() string {
	if filepath.IsAbs(j.Output.Dir) {
		return j.Output.Dir
	}
	return filepath.Join(j.Dir, j.Output.Dir)
}
