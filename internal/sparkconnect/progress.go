package sparkconnect

import pb "clientele/internal/sparkconnect/connectpb"

// Progress is how far a statement has come. The server tells it every two seconds.
type Progress struct {
	Stages, StagesDone int   // as far as they are known: Spark plans while it runs
	Tasks, TasksDone   int64 // of these stages
	Running            int64 // tasks at this moment
	BytesRead          int64
}

func progressOf(p *pb.ExecutePlanResponse_ExecutionProgress) Progress {
	all := Progress{Stages: len(p.GetStages()), Running: p.GetNumInflightTasks()}
	for _, s := range p.GetStages() {
		if s.GetDone() {
			all.StagesDone++
		}
		all.Tasks += s.GetNumTasks()
		all.TasksDone += s.GetNumCompletedTasks()
		all.BytesRead += s.GetInputBytesRead()
	}
	return all
}
