#pragma once

#include <xgrad/framework/core/array.hpp>

#include "bare_products.hpp"
#include "suite.hpp"
#include "trainer.hpp"
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace xgrad::benchmark {

using MakeTrainer = std::function<std::unique_ptr<Trainer>()>;

/// The same model in several systems.
struct TrainingModel {
  MakeTrainer xgrad;
  /// libtorch's, in the variants that may be its fastest; none without libtorch.
  std::vector<MakeTrainer> torch;
  std::vector<Product> products;  ///< of one step
  /// The two systems without what they draw at random, if they draw anything: these must have one loss.
  MakeTrainer fixed_xgrad = {};
  std::vector<MakeTrainer> fixed_torch = {};
};

/// `steps` steps of xgrad, of bare products and of libtorch. Throws std::runtime_error, once it is measured, when the
/// losses of the first steps of xgrad and of libtorch differ by more than a thousandth.
Workload training_workload(std::string name, int steps, std::function<TrainingModel()> make_model);

/// Numbers uniform between -bound and bound: the weights with which both systems start.
Array uniform_weights(Extents shape, double bound, std::uint64_t seed);

}  // namespace xgrad::benchmark
