extension RunsSuite {
    /// The same work in MLflow. A round of points is smaller than ours, and its seconds are scaled to as many.
    static let mlflowScript = """
        import os, shutil, sqlite3, sys, tempfile, time, uuid
        os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
        os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
        import logging, warnings
        warnings.filterwarnings("ignore")
        logging.disable(logging.CRITICAL)
        import mlflow
        from mlflow.entities import Metric
        from mlflow.tracking import MlflowClient

        task, store, folder, size = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
        os.makedirs(folder, exist_ok=True)
        place = tempfile.mkdtemp(dir=folder)
        uri = "sqlite:///" + place + "/mlflow.db" if store.startswith("sqlite") else "file:" + place + "/mlruns"
        client = MlflowClient(tracking_uri=uri)
        experiment = client.create_experiment("bench", artifact_location="file:" + place + "/artifacts")

        def life(f1=0.5, steps=10):
            run = client.create_run(experiment)
            for name, value in (("rate", f1), ("layers", 2), ("label", "benchmark")):
                client.log_param(run.info.run_id, name, value)
            client.log_metric(run.info.run_id, "f1", f1)
            client.log_batch(run.info.run_id, [Metric("loss", 1 / (s + 1), 0, s) for s in range(steps)])
            client.set_terminated(run.info.run_id)
            return run.info.run_id

        def points():
            if store == "sqlite batches":
                work = min(size, 5000)
                begin = time.process_time()
                for first in range(0, work, 1000):
                    now = int(time.time() * 1000)
                    client.log_batch(run, [Metric("loss", 0.25, now, s) for s in range(first, first + 1000)])
            else:
                work = min(size, 50)
                begin = time.process_time()
                for step in range(work):
                    client.log_metric(run, "loss", 0.25, step=step)
            return (time.process_time() - begin) * size / work

        def inodes():
            found = os.path.join(place, "mlruns", experiment, run)
            return 1 + sum(len(d) + len(f) for _, d, f in os.walk(found))

        def query():
            begin = time.perf_counter()
            found = client.search_runs(
                [experiment], filter_string="metrics.f1 > 0.25", order_by=["metrics.f1 DESC"], max_results=20)
            assert len(found) == 20
            return time.perf_counter() - begin

        def lives():
            begin = time.perf_counter()
            life()
            return time.perf_counter() - begin

        if task in ("points", "inodes"):
            run = life() if task == "inodes" else client.create_run(experiment).info.run_id
        if task == "query":
            # The first run is MLflow's own work; the others are copies of it with another figure.
            first = life()
            if store == "files":
                root = os.path.join(place, "mlruns", experiment)
                for i in range(1, size):
                    name = uuid.uuid4().hex
                    shutil.copytree(os.path.join(root, first), os.path.join(root, name))
                    meta = os.path.join(root, name, "meta.yaml")
                    text = open(meta).read().replace(first, name)
                    open(meta, "w").write(text)
                    open(os.path.join(root, name, "metrics", "f1"), "w").write("1 %r 0\\n" % (i / size))
            else:
                base = sqlite3.connect(place + "/mlflow.db")
                for table, key in (("runs", "run_uuid"), ("params", "run_uuid"), ("tags", "run_uuid"),
                                   ("metrics", "run_uuid"), ("latest_metrics", "run_uuid")):
                    cursor = base.execute(f"SELECT * FROM {table} WHERE {key} = ?", (first,))
                    columns = [c[0] for c in cursor.description]
                    rows = cursor.fetchall()
                    marks = ",".join("?" * len(columns))
                    for i in range(1, size):
                        for row in rows:
                            row = dict(zip(columns, row))
                            row[key] = "%032x" % i
                            if row.get("key") == "f1" and "value" in row and table != "params":
                                row["value"] = i / size
                            base.execute(f"INSERT INTO {table} VALUES ({marks})", [row[c] for c in columns])
                base.commit()
                base.close()

        work = {"points": points, "life": lives, "inodes": inodes, "query": query}[task]
        print("MLflow", mlflow.__version__, flush=True)
        for line in sys.stdin:
            print(work(), flush=True)
        """
}
