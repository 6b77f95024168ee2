using LinkShop.Commerce.Announcements;
using LinkShop.Commerce.Customers;
using LinkShop.Commerce.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LinkShop.Commerce.DependencyInjection;

/// <summary>Registers tickets, customers and announcements.</summary>
internal static class SupportRegistration
{
    public static IServiceCollection AddSupport(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<SupportOptions>(options => configuration.GetSection("LinkShop:Support").Bind(options));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SupportOptions>>().Value);
        services.AddSingleton<TicketLimits>();
        services.AddSingleton<TicketWriter>();
        services.AddSingleton<ITickets, Tickets>();
        services.AddSingleton<ITicketDesk, TicketDesk>();
        services.AddSingleton<IQuickReplies, QuickReplies>();
        services.AddSingleton<ICustomers, CustomerReader>();
        services.AddSingleton<IAnnouncements, AnnouncementBoard>();
        return services;
    }
}
