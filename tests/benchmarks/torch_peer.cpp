#include "torch_peer.hpp"

#include <torch/torch.h>

#include <chrono>
#include <memory>
#include <thread>

extern "C" void openblas_set_num_threads(int) __attribute__((weak));

namespace xgrad::benchmark {

namespace {

struct ThreadSetting {
  int torch;
  int blas;
};

// libtorch over the two threads of OpenBLAS can be four times slower than on one, so all combinations are tried.
std::vector<ThreadSetting> settings(int threads) {
  if (threads == 1) return {{1, 1}};
  return {{1, 1}, {threads, 1}, {1, threads}, {threads, threads}};
}

// OpenMP's settings belong to a thread: one of its own keeps them, and its workers, away from the other systems.
double run_alone(ThreadSetting setting, const std::function<void()>& work) {
  double time = 0;
  std::thread([&] {
    at::set_num_threads(setting.torch);
    if (openblas_set_num_threads) openblas_set_num_threads(setting.blas);
    time = seconds(work);
    if (openblas_set_num_threads) openblas_set_num_threads(1);
  }).join();
  // Idle workers of OpenBLAS and OpenMP spin for a while.
  if (setting.torch > 1 || setting.blas > 1) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  return time;
}

System at_its_best(int threads, const std::function<void()>& probe, std::function<double(ThreadSetting)> measure) {
  std::vector<std::function<double()>> candidates;
  for (auto setting : settings(threads)) candidates.push_back([=] { return run_alone(setting, probe); });
  const auto setting = settings(threads)[fastest(candidates)];
  return {"libtorch", [=] { return measure(setting); }};
}

class Mlp {
 public:
  Mlp(const std::vector<int>& sizes, int batch_size, torch::Tensor images, torch::Tensor labels)
      : model_(make_model(sizes)),
        optimizer_(model_->parameters(), torch::optim::RMSpropOptions(0.001).alpha(0.9).eps(1e-7)),
        batch_size_(batch_size),
        images_(std::move(images)),
        labels_(std::move(labels)) {}

  void train(std::int64_t samples) {
    const auto order = torch::randperm(images_.size(0));
    double loss = 0;
    std::int64_t hits = 0;
    for (std::int64_t first = 0; first < samples; first += batch_size_) {
      const auto batch = order.slice(0, first, std::min(first + batch_size_, samples));
      const auto labels = labels_.index_select(0, batch);
      const auto logits = model_->forward(images_.index_select(0, batch));
      const auto value = torch::nn::functional::cross_entropy(logits, labels);
      optimizer_.zero_grad();
      value.backward();
      optimizer_.step();
      loss += value.item<double>() * static_cast<double>(batch.size(0));
      hits += logits.argmax(1).eq(labels).sum().item<std::int64_t>();
    }
    if (!(loss > 0) || hits > samples) throw std::runtime_error("libtorch did not train");
  }

 private:
  static torch::nn::Sequential make_model(const std::vector<int>& sizes) {
    torch::nn::Sequential model;
    for (std::size_t layer = 0; layer + 1 < sizes.size(); ++layer) {
      model->push_back(torch::nn::Linear(sizes[layer], sizes[layer + 1]));
      if (layer + 2 < sizes.size()) model->push_back(torch::nn::ReLU());
    }
    return model;
  }

  torch::nn::Sequential model_;
  torch::optim::RMSprop optimizer_;
  std::int64_t batch_size_;
  torch::Tensor images_, labels_;
};

}  // namespace

void add_torch_mlp(std::vector<System>& systems, std::vector<int> sizes, int batch_size, int threads,
                   std::span<const float> images, std::span<const std::uint8_t> labels) {
  const auto count = static_cast<std::int64_t>(labels.size());
  const auto rows = torch::from_blob(const_cast<float*>(images.data()), {count, sizes.front()});
  const auto classes =
      torch::from_blob(const_cast<std::uint8_t*>(labels.data()), {count}, torch::kUInt8).to(torch::kInt64);
  auto mlp = std::make_shared<Mlp>(sizes, batch_size, rows, classes);
  systems.push_back(at_its_best(
      threads, [=] { mlp->train(std::max<std::int64_t>(count / 8, std::min<std::int64_t>(count, batch_size))); },
      [=](ThreadSetting setting) { return run_alone(setting, [=] { mlp->train(count); }); }));
}

void add_torch_elementwise(std::vector<System>& systems, int rows, int columns, int repeats, int threads) {
  const auto x = torch::randn({rows, columns}, torch::requires_grad());
  const auto scale = torch::ones({columns}, torch::requires_grad());
  const auto offset = torch::zeros({columns}, torch::requires_grad());
  const auto work = [=] {
    for (int repeat = 0; repeat < repeats; ++repeat) {
      const auto y = torch::dropout(torch::layer_norm(torch::gelu(x), {columns}, scale, offset), 0.1, true);
      torch::autograd::grad({y.square().mean()}, {x, scale, offset});
    }
  };
  systems.push_back(
      at_its_best(threads, work, [=](ThreadSetting setting) { return run_alone(setting, work) / repeats; }));
}

void add_torch_training(std::vector<System>& systems, const std::vector<std::shared_ptr<Trainer>>& variants, int steps,
                        int threads) {
  if (variants.empty()) return;
  std::vector<System> candidates;
  std::vector<std::function<double()>> probes;
  for (const auto& trainer : variants) {
    const auto train = [=](int count) {
      return [=] {
        for (int step = 0; step < count; ++step) trainer->step();
      };
    };
    candidates.push_back(at_its_best(threads, train(std::max(steps / 4, 1)),
                                     [=](ThreadSetting setting) { return run_alone(setting, train(steps)); }));
    probes.push_back(candidates.back().measure);
  }
  systems.push_back(candidates[fastest(probes)]);
}

}  // namespace xgrad::benchmark
