"""What the clock of a time zone is called where it stands beside an hour."""

from __future__ import annotations

from unnm_desktop.i18n import N_

# The places of the networks, and of the headquarters and regional offices that they write to.
NAMES = {
    "Africa/Addis_Ababa": N_("Addis Ababa time"),
    "Africa/Algiers": N_("Algiers time"),
    "Africa/Cairo": N_("Cairo time"),
    "Africa/Casablanca": N_("Casablanca time"),
    "Africa/Djibouti": N_("Djibouti time"),
    "Africa/Khartoum": N_("Khartoum time"),
    "Africa/Mogadishu": N_("Mogadishu time"),
    "Africa/Nairobi": N_("Nairobi time"),
    "Africa/Nouakchott": N_("Nouakchott time"),
    "Africa/Tripoli": N_("Tripoli time"),
    "Africa/Tunis": N_("Tunis time"),
    "America/New_York": N_("New York time"),
    "Asia/Aden": N_("Aden time"),
    "Asia/Amman": N_("Amman time"),
    "Asia/Baghdad": N_("Baghdad time"),
    "Asia/Bahrain": N_("Bahrain time"),
    "Asia/Bangkok": N_("Bangkok time"),
    "Asia/Beirut": N_("Beirut time"),
    "Asia/Damascus": N_("Damascus time"),
    "Asia/Dubai": N_("Dubai time"),
    "Asia/Gaza": N_("Gaza time"),
    "Asia/Hebron": N_("Hebron time"),
    "Asia/Jerusalem": N_("Jerusalem time"),
    "Asia/Kuwait": N_("Kuwait time"),
    "Asia/Muscat": N_("Muscat time"),
    "Asia/Qatar": N_("Qatar time"),
    "Asia/Riyadh": N_("Riyadh time"),
    "Europe/London": N_("London time"),
    "Europe/Paris": N_("Paris time"),
    "Europe/Rome": N_("Rome time"),
    "Europe/Vienna": N_("Vienna time"),
    "Europe/Zurich": N_("Geneva time"),
    "UTC": N_("Coordinated Universal Time"),
}
# Of any other its own city, as the data of time zones has it.
OTHER = N_("{city} time")
