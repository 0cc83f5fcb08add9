/// What the real MLflow client says of a store, in one process: importing it takes seconds.
enum MLflowScript {
    /// Arguments: the store, a new SQLite file, a copy of the store with a damaged `meta.yaml`, one with a damaged metric.
    static let look = """
        import json, logging, os, sys, warnings
        os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
        os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
        warnings.filterwarnings("ignore")
        logging.disable(logging.CRITICAL)
        import mlflow
        from mlflow import MlflowClient
        from mlflow.store.fs2db.cli import migrate_filestore

        def look(uri):
            client = MlflowClient(tracking_uri=uri, registry_uri=uri)
            runs = {}
            for experiment in client.search_experiments():
                for run in client.search_runs([experiment.experiment_id]):
                    data, info = run.data, run.info
                    runs[data.tags["lab.run"]] = {
                        "experiment": experiment.name, "id": info.run_id, "name": info.run_name,
                        "status": info.status, "start": info.start_time, "end": info.end_time,
                        "params": data.params, "tags": data.tags,
                        "last": {k: repr(v) for k, v in data.metrics.items()},
                        "metrics": {
                            k: [[m.timestamp, repr(m.value), m.step] for m in client.get_metric_history(info.run_id, k)]
                            for k in data.metrics},
                        "artifacts": [a.path for a in client.list_artifacts(info.run_id)],
                        "plots": [a.path for a in client.list_artifacts(info.run_id, "plots")],
                        "datasets": [
                            [d.dataset.name, d.dataset.digest, json.loads(d.dataset.source), [t.value for t in d.tags]]
                            for d in run.inputs.dataset_inputs],
                    }
            versions = sorted(
                [v.name, int(v.version), v.run_id, v.source] for v in client.search_model_versions())
            mlflow.set_tracking_uri(uri)
            frame = mlflow.search_runs(
                search_all_experiments=True, filter_string="metrics.`evaluation/f1` > 0.7 and params.seed = '3'")
            return {"runs": runs, "versions": versions, "found": list(frame["tags.lab.run"])}

        def refusal(uri):
            try:
                look(uri)
                return None
            except Exception as error:
                return type(error).__name__ + ": " + str(error)

        store, database, bad_meta, bad_metric = sys.argv[1:]
        result = {"file": look("file://" + store)}
        migrate_filestore.main(
            ["--source", store, "--target", "sqlite:///" + database, "--no-progress"], standalone_mode=False)
        result["sqlite"] = look("sqlite:///" + database)
        result["badMeta"] = refusal("file://" + bad_meta)
        result["badMetric"] = refusal("file://" + bad_metric)
        print("\\nRESULT" + json.dumps(result))
        """
}
