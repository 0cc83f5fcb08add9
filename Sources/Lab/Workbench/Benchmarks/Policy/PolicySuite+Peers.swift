extension PolicySuite {
    /// Another project's learner, which does the same steps in its own way.
    enum Peer: String {
        case cleanRL
        case d3rlpy
        case stableBaselines
        case tianshou
        /// d3rlpy's DiscreteCQL.
        case conservative
        /// Tianshou's DQN on its prioritised buffer.
        case prioritised

        var name: String {
            switch self {
            case .cleanRL: "CleanRL's loop"
            case .d3rlpy, .conservative: "d3rlpy"
            case .stableBaselines: "Stable-Baselines3"
            case .tianshou, .prioritised: "Tianshou"
            }
        }

        func rival(batch: Int, steps: Int) -> Contest.Rival {
            .python(script: PolicySuite.peerScript, arguments: [rawValue, String(batch), String(steps)])
        }
    }

    /// Each peer's own loop of drawing a batch and learning from it, without what `fit` or `learn` logs around it.
    static let peerScript = """
        import logging, os, sys, time, warnings
        # Some libraries print what they notice: only the answers go to the standard output.
        answers = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        warnings.filterwarnings("ignore")
        logging.disable(logging.CRITICAL)
        import numpy as np, torch
        import torch.nn as nn, torch.nn.functional as F

        torch.set_num_threads(1)
        torch.manual_seed(0)
        peer, batch, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
        rng = np.random.default_rng(0)
        FEATURES, ACTIONS, COUNT, HIDDEN, RATE = 32, 12, 100_000, [256, 256], 2.5e-4

        def draws(*shape):
            return rng.standard_normal(shape, dtype=np.float32)

        def network():
            return nn.Sequential(
                nn.Linear(FEATURES, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, ACTIONS))

        def each(step):
            def round():
                for _ in range(steps):
                    step()
            return round

        def cleanRL():
            # The training lines of cleanrl/dqn.py, with the replay in NumPy arrays.
            observations, following = draws(COUNT, FEATURES), draws(COUNT, FEATURES)
            actions, rewards = rng.integers(0, ACTIONS, (COUNT, 1)), draws(COUNT, 1)
            dones = (rng.random((COUNT, 1)) < 0.05).astype(np.float32)
            q, target = network(), network()
            target.load_state_dict(q.state_dict())
            optimizer = torch.optim.Adam(q.parameters(), lr=RATE)
            taken = 0

            def step():
                nonlocal taken
                rows = rng.integers(0, COUNT, batch)
                s, a, r, n, d = (
                    torch.from_numpy(x[rows]) for x in (observations, actions, rewards, following, dones))
                with torch.no_grad():
                    best, _ = target(n).max(dim=1)
                    goal = r.flatten() + 0.99 * best * (1 - d.flatten())
                loss = F.mse_loss(goal, q(s).gather(1, a).squeeze())
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                taken += 1
                if taken % 500 == 0:
                    for slow, fast in zip(target.parameters(), q.parameters()):
                        slow.data.copy_(fast.data)

            return "PyTorch " + torch.__version__, each(step)

        def d3rlpy_learner(name):
            import d3rlpy
            ends = np.zeros(COUNT, dtype=np.float32)
            ends[99::100] = 1
            data = d3rlpy.dataset.MDPDataset(
                observations=draws(COUNT, FEATURES), actions=rng.integers(0, ACTIONS, (COUNT, 1)),
                rewards=draws(COUNT, 1), terminals=ends)
            settings = dict(
                batch_size=batch, learning_rate=RATE, gamma=0.99, target_update_interval=500,
                encoder_factory=d3rlpy.models.VectorEncoderFactory(HIDDEN))
            learner = getattr(d3rlpy.algos, name)(**settings).create(device=False)
            learner.build_with_dataset(data)
            return "d3rlpy " + d3rlpy.__version__, each(lambda: learner.update(data.sample_transition_batch(batch)))

        def d3rlpy():
            return d3rlpy_learner("DQNConfig")

        def conservative():
            return d3rlpy_learner("DiscreteCQLConfig")

        def stableBaselines():
            import gymnasium, stable_baselines3

            class World(gymnasium.Env):
                observation_space = gymnasium.spaces.Box(-10, 10, (FEATURES,), np.float32)
                action_space = gymnasium.spaces.Discrete(ACTIONS)

                def reset(self, seed=None, options=None):
                    return draws(FEATURES), {}

                def step(self, action):
                    return draws(FEATURES), float(draws()), bool(rng.random() < 0.05), False, {}

            learner = stable_baselines3.DQN(
                "MlpPolicy", World(), policy_kwargs=dict(net_arch=HIDDEN), batch_size=batch, learning_rate=RATE,
                buffer_size=COUNT, learning_starts=1_000, train_freq=100_000, target_update_interval=500, gamma=0.99,
                device="cpu")
            learner.learn(2_000)
            # The rest of the replay is zeros, which cost as much.
            learner.replay_buffer.full = True
            return "Stable-Baselines3 " + stable_baselines3.__version__, lambda: learner.train(steps, batch)

        def tianshou_learner(prioritised):
            import gymnasium, tianshou
            from tianshou.algorithm.algorithm_base import policy_within_training_step
            from tianshou.algorithm.modelfree.dqn import DQN, DiscreteQLearningPolicy
            from tianshou.algorithm.optim import AdamOptimizerFactory
            from tianshou.data import Batch, PrioritizedReplayBuffer, ReplayBuffer
            from tianshou.utils.net.common import Net

            space = gymnasium.spaces.Discrete(ACTIONS)
            model = Net(state_shape=(FEATURES,), action_shape=ACTIONS, hidden_sizes=HIDDEN)
            learner = DQN(
                policy=DiscreteQLearningPolicy(model=model, action_space=space),
                optim=AdamOptimizerFactory(lr=RATE), gamma=0.99, target_update_freq=500, is_double=False)
            buffer = PrioritizedReplayBuffer(COUNT, alpha=0.6, beta=0.4) if prioritised else ReplayBuffer(COUNT)
            ends = rng.random(COUNT) < 0.05
            buffer.set_batch(Batch(
                obs=draws(COUNT, FEATURES), act=rng.integers(0, ACTIONS, COUNT), rew=draws(COUNT).astype(np.float64),
                terminated=ends, truncated=np.zeros(COUNT, bool), done=ends, obs_next=draws(COUNT, FEATURES),
                info=Batch()))
            buffer._size = COUNT
            if prioritised:
                buffer.init_weight(np.arange(COUNT))

            def step():
                with policy_within_training_step(learner.policy):
                    learner.update(buffer=buffer, sample_size=batch)

            return "Tianshou " + tianshou.__version__, each(step)

        def tianshou():
            return tianshou_learner(False)

        def prioritised():
            return tianshou_learner(True)

        name, work = globals()[peer]()
        for _ in range(2):
            work()
        print(name, file=answers, flush=True)
        for line in sys.stdin:
            begin = time.process_time()
            work()
            print(time.process_time() - begin, file=answers, flush=True)
        """
}
