#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/hessian.hpp>
#include <xgrad/framework/autodiff/jacobian.hpp>

namespace xgrad {

Tensor hessian(const Tensor& loss, const Tensor& x) { return jacobian(gradients(loss, {x}).front(), x); }

}  // namespace xgrad
