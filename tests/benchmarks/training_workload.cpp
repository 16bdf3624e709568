#include "training_workload.hpp"

#include <xgrad/xgrad.hpp>

#include <fmt/format.h>

#include "torch_peer.hpp"
#include <cmath>
#include <stdexcept>

namespace xgrad::benchmark {

namespace {

void train(Trainer& trainer, int steps) {
  double loss = 0;
  for (int step = 0; step < steps; ++step) loss = trainer.step();
  if (!std::isfinite(loss)) throw std::runtime_error("a loss is not finite");
}

/// Several steps, so that a wrong gradient or update shows in the loss of a later one. Losses differ a little, because
/// the two systems' Adam adds its epsilon before and after it corrects the mean square.
void expect_equal_losses(const std::string& name, const MakeTrainer& left, const MakeTrainer& right) {
  const auto first = left();
  const auto second = right();
  for (int step = 0; step < 4; ++step) {
    const double expected = first->step();
    const double received = second->step();
    if (std::abs(expected - received) <= 1e-3 * std::abs(expected)) continue;
    throw std::runtime_error(
        fmt::format("{}: xgrad's loss in step {} is {}, libtorch's is {}: they do not compute the "
                    "same thing",
                    name, step, expected, received));
  }
}

System bare_products(const std::vector<Product>& products, int steps, int threads) {
  auto bare = std::make_shared<BareProducts>(products, threads);
  std::vector<int> settings;
  std::vector<std::function<double()>> candidates;
  for (int pieces : {threads, 4 * threads, 32 * threads}) {
    settings.push_back(pieces);
    candidates.push_back([=] { return seconds([&] { bare->run(pieces); }); });
  }
  const int pieces = settings[fastest(candidates)];
  return {"bare products", [=] {
            return seconds([&] {
              for (int step = 0; step < steps; ++step) bare->run(pieces);
            });
          }};
}

}  // namespace

Workload training_workload(std::string name, int steps, std::function<TrainingModel()> make_model) {
  const auto unit = fmt::format("{} steps", steps);
  return {name, unit, [=](int threads) {
            const auto model = make_model();
            for (const auto& torch : model.fixed_torch.empty() ? model.torch : model.fixed_torch) {
              expect_equal_losses(name, model.fixed_xgrad ? model.fixed_xgrad : model.xgrad, torch);
            }
            const std::shared_ptr<Trainer> xgrad = model.xgrad();
            std::vector<System> systems{{"xgrad", [=] { return seconds([&] { train(*xgrad, steps); }); }},
                                        bare_products(model.products, steps, threads)};
            std::vector<std::shared_ptr<Trainer>> variants;
            for (const auto& make : model.torch) variants.push_back(make());
            add_torch_training(systems, variants, steps, threads);
            return systems;
          }};
}

Array uniform_weights(Extents shape, double bound, std::uint64_t seed) {
  const auto numbers = random_uniform(constant(Array(std::int64_t{0})), Shape(shape), seed);
  return eval((numbers * 2 - 1) * bound);
}

}  // namespace xgrad::benchmark
