#include <xgrad/xgrad.hpp>

#include <fmt/format.h>

#include "bare_gemm.hpp"
#include "hand_written_mlp.hpp"
#include "suite.hpp"
#include "torch_peer.hpp"
#include <memory>

namespace xgrad::benchmark {

namespace {

struct Network {
  std::vector<int> sizes;
  int batch_size;
  int samples = 60'000;
};

struct Digits {
  xt::xarray<std::uint8_t> bytes;
  Array rows;
  xt::xarray<float> targets;
  xt::xarray<std::uint8_t> labels;
};

std::shared_ptr<const Digits> load_digits(int samples) {
  static std::shared_ptr<const Digits> last;
  const auto count = static_cast<std::size_t>(samples);
  if (last && last->labels.size() == count) return last;
  const auto [train, test] = synthetic_digits({.train = count, .test = 10});
  const xt::xarray<std::uint8_t> bytes = xt::reshape_view(train.images, {count, std::size_t{784}});
  last = std::make_shared<const Digits>(
      Digits{bytes, Array(xt::cast<float>(bytes) / 255.0f), to_categorical(train.labels), train.labels});
  return last;
}

std::shared_ptr<Sequential> make_model(const Network& network, bool from_bytes) {
  auto model = std::make_shared<Sequential>();
  if (from_bytes) model->add(Rescaling{.scale = 1.0 / 255, .input_shape = {network.sizes[0]}});
  for (std::size_t layer = 1; layer < network.sizes.size(); ++layer) {
    const bool last = layer + 1 == network.sizes.size();
    model->add(Dense{.units = network.sizes[layer],
                     .activation = last ? ActivationFunction(softmax) : ActivationFunction(relu),
                     .input_shape = layer == 1 ? Shape{network.sizes[0]} : Shape{}});
  }
  model->compile({.optimizer = RMSprop{}, .loss = categorical_crossentropy, .metrics = {"accuracy"}});
  return model;
}

System bare_gemm(const Network& network, int threads) {
  const int whole = (network.batch_size + threads - 1) / threads;
  struct Setting {
    std::shared_ptr<BareGemm> products;
    int block_rows;
    int weight_tiles;
  };
  std::vector<Setting> settings;
  std::vector<std::function<double()>> candidates;
  for (const auto& library : sgemm_libraries()) {
    const auto products = std::make_shared<BareGemm>(network.sizes, network.batch_size, threads, library);
    for (int block_rows : {whole, 64, 32}) {
      for (int weight_tiles : {threads, 4 * threads}) {
        if (block_rows > whole) continue;
        settings.push_back({products, block_rows, weight_tiles});
        candidates.push_back(
            [=] { return seconds([&] { products->run_epoch(network.samples / 8, block_rows, weight_tiles); }); });
      }
    }
  }
  const auto best = settings[fastest(candidates)];
  return {"bare GEMM", [=] {
            return seconds([&] { best.products->run_epoch(network.samples, best.block_rows, best.weight_tiles); });
          }};
}

/// On the library on which it is fastest.
std::shared_ptr<HandWrittenMlp> best_loop_by_hand(const Network& network, int threads, std::span<const float> images,
                                                  std::span<const std::uint8_t> labels) {
  std::vector<std::shared_ptr<HandWrittenMlp>> loops;
  std::vector<std::function<double()>> candidates;
  const auto some = labels.first(std::max<std::size_t>(labels.size() / 8, 1));
  for (const auto& library : sgemm_libraries()) {
    const auto loop = std::make_shared<HandWrittenMlp>(network.sizes, network.batch_size, threads, library);
    loops.push_back(loop);
    candidates.push_back([=] { return seconds([&] { loop->train_epoch(images, some); }); });
  }
  return loops[fastest(candidates)];
}

std::vector<System> mlp_systems(const Network& network, int threads) {
  const auto digits = load_digits(network.samples);
  const auto images = digits->rows.data<float>();
  const std::span labels(digits->labels.data(), digits->labels.size());
  const auto fit = [=](const std::shared_ptr<Sequential>& model, const auto& rows) {
    return seconds(
        [&] { model->fit(rows, digits->targets, {.epochs = 1, .batch_size = network.batch_size, .verbose = 0}); });
  };
  const auto model = make_model(network, false);
  const auto model_of_bytes = make_model(network, true);
  const auto by_hand = best_loop_by_hand(network, threads, images, labels);
  std::vector<System> systems{
      {"xgrad", [=] { return fit(model, digits->rows); }},
      {"xgrad, from bytes", [=] { return fit(model_of_bytes, digits->bytes); }},
      {"by hand", [=] { return seconds([&] { by_hand->train_epoch(images, labels); }); }},
      bare_gemm(network, threads),
  };
  add_torch_mlp(systems, network.sizes, network.batch_size, threads, images, labels);
  return systems;
}

}  // namespace

std::vector<Workload> mlp_workloads(const SuiteOptions& options) {
  std::vector<Workload> workloads;
  for (Network network : {
           Network{{784, 32, 10}, 128}, Network{{784, 32, 10}, 10}, Network{{784, 512, 10}, 128},
           Network{{784, 512, 512, 10}, 128}, Network{{784, 512, 512, 10}, 1024},
           Network{{784, 2048, 2048, 10}, 256, 5'120},  // of the 60,000, to stay within some seconds
           Network{{784, 10}, 128},                     // logistic regression
       }) {
    const auto name = fmt::format("train {}, {}", fmt::join(network.sizes, "-"), network.batch_size);
    if (options.quick) network.samples = 64;
    workloads.push_back({name, fmt::format("epoch of {} images", network.samples),
                         [network](int threads) { return mlp_systems(network, threads); }});
  }
  return workloads;
}

}  // namespace xgrad::benchmark
